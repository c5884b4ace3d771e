import { expect, test } from 'vitest'
import { SampleSheet } from './sampleSheet.svelte.ts'

test('reshuffling takes the next seed and keeps the number of films', async () => {
  const asked: unknown[] = []
  const sheet = new SampleSheet(
    {
      sampleSheet: (input) => {
        asked.push(input)
        return Promise.resolve([{ className: 'NORMAL', images: [] }])
      },
    },
    'd',
  )
  await sheet.draw({ perClass: 4 })
  await sheet.reshuffle()
  expect(asked).toEqual([
    { datasetId: 'd', perClass: 4, seed: 1 },
    { datasetId: 'd', perClass: 4, seed: 2 },
  ])
  expect(sheet.rows).toHaveLength(1)
})

test('a late answer to an older wish is dropped', async () => {
  const answers: (() => void)[] = []
  const sheet = new SampleSheet(
    {
      sampleSheet: ({ seed }) =>
        new Promise((resolve) => {
          answers.push(() => resolve([{ className: `seed ${seed}`, images: [] }]))
        }),
    },
    'd',
  )
  const first = sheet.draw({ seed: 1 })
  const second = sheet.draw({ seed: 2 })
  answers[1]?.()
  answers[0]?.()
  await Promise.all([first, second])
  expect(sheet.rows?.[0]?.className).toBe('seed 2')
})
