import { expect, test } from 'vitest'
import { testEpoch } from '../testRun.ts'
import { epochsCsv } from './epochsCsv.ts'

test('each epoch is a line and an unknown figure is empty', () => {
  expect(epochsCsv([testEpoch(1, { valLoss: 0.25 })]).split('\r\n')).toEqual([
    'epoch,loss,accuracy,valLoss,valAccuracy,valAuc,learningRate,seconds,imagesPerSecond,best',
    '1,0.5,0.7,0.25,,,0.001,60,70,false',
    '',
  ])
})
