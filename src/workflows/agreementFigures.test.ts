import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { kappa, share } from './agreementFigures.ts'

const Triple = z.tuple([z.number(), z.number(), z.number()])
const Fixture = z.array(
  z.object({
    table: z.tuple([z.int(), z.int(), z.int(), z.int()]),
    kappa: Triple,
    agreement: Triple,
  }),
)
const statsmodels = Fixture.parse(
  JSON.parse(readFileSync(join(__dirname, '../../tests/fixtures/statsmodelsKappa.json'), 'utf8')),
)
const tableOf = ([bothPneumonia, readerAlone, modelAlone, bothNormal]: readonly number[]) => ({
  ...{ bothPneumonia: bothPneumonia!, readerAlone: readerAlone! },
  ...{ modelAlone: modelAlone!, bothNormal: bothNormal! },
})

test('kappa, agreement and their intervals are those of statsmodels', () => {
  expect(statsmodels.length).toBeGreaterThan(4)
  for (const { table, ...expected } of statsmodels) {
    const found = kappa(tableOf(table))!
    const same = share(table[0] + table[3], table[0] + table[1] + table[2] + table[3])!
    const told = [found.value, found.low, found.high, same.value, same.low, same.high]
    const wanted = [...expected.kappa, ...expected.agreement]
    told.forEach((figure, index) => expect(figure).toBeCloseTo(wanted[index]!, 9))
  }
})

test('kappa of the textbook table 20, 5, 10, 15 is 0.4', () => {
  // Observed 35/50 = 0.7; expected 0.5 × 0.6 + 0.5 × 0.4 = 0.5.
  expect(kappa(tableOf([20, 5, 10, 15]))!.value).toBeCloseTo(0.4, 12)
})

test('without films, and where chance alone agrees on everything, there is no kappa', () => {
  expect(kappa(tableOf([0, 0, 0, 0]))).toBeUndefined()
  expect(kappa(tableOf([7, 0, 0, 0]))).toBeUndefined()
  expect(share(0, 0)).toBeUndefined()
})
