import { expect, test } from 'vitest'
import type { Agreement } from '../../../shared/domain/agreement.ts'
import { leftOutWords, percentInterval, timeWords, withInterval } from './agreementRows.ts'

const none = { bothPneumonia: 0, readerAlone: 0, modelAlone: 0, bothNormal: 0 }
const agreement: Agreement = {
  ...{ modelName: 'Lite', standing: { table: none, films: 0 }, blind: { table: none, films: 0 } },
  ...{ leftOut: { unread: 1, unsure: 2, badQuality: 0, unscored: 3 }, changed: [] },
}

test('figures come with their interval, and a dash where there is none', () => {
  expect(withInterval({ value: 0.4, low: 0.1234, high: 0.7 })).toBe('0.400 (0.123 to 0.700)')
  expect(percentInterval({ value: 0.7, low: 0.56, high: 0.81 })).toBe('70 % (56 % to 81 %)')
  expect(withInterval(undefined)).toBe('–')
})

test('what is left out is told, and the time of a film', () => {
  expect(leftOutWords(agreement)).toBe(
    'Left out: 1 film without a verdict, 2 unsure, 3 without a score.',
  )
  expect(timeWords(agreement)).toBe('none was taken yet.')
  const time = { films: 2, medianSeconds: 4.25, meanSeconds: 90 }
  expect(timeWords({ ...agreement, time })).toBe('median 4.3 s, mean 01:30, over 2 films.')
})
