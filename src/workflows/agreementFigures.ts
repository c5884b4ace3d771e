import type { AgreementTable, WithInterval } from '../shared/domain/agreement.ts'

/** Of the normal distribution: 95 % lie within. */
const z95 = 1.959963984540054

/** `part` of `whole` with Wilson's 95 % interval; undefined when the whole is nothing. */
export function share(part: number, whole: number): WithInterval | undefined {
  if (whole === 0) return undefined
  const value = part / whole
  const spread = 1 + z95 ** 2 / whole
  const middle = (value + z95 ** 2 / (2 * whole)) / spread
  const reach =
    (z95 / spread) * Math.sqrt((value * (1 - value)) / whole + z95 ** 2 / (4 * whole ** 2))
  return { value, low: Math.max(0, middle - reach), high: Math.min(1, middle + reach) }
}

/**
 * Cohen's kappa with the 95 % interval of Fleiss, Cohen and Everitt (Psychological Bulletin 72, 1969), cut at −1 and 1.
 * Undefined without films, and where chance alone would agree on everything.
 */
export function kappa(table: AgreementTable): WithInterval | undefined {
  const { bothPneumonia, readerAlone, modelAlone, bothNormal } = table
  const films = bothPneumonia + readerAlone + modelAlone + bothNormal
  if (films === 0) return undefined
  const cells = [
    [bothPneumonia / films, readerAlone / films],
    [modelAlone / films, bothNormal / films],
  ] as const
  const reader = cells.map(([a, b]) => a + b)
  const model = [cells[0][0] + cells[1][0], cells[0][1] + cells[1][1]]
  const observed = cells[0][0] + cells[1][1]
  const expected = reader[0]! * model[0]! + reader[1]! * model[1]!
  if (expected === 1) return undefined
  const value = (observed - expected) / (1 - expected)
  let variance = -((value - expected * (1 - value)) ** 2)
  for (const row of [0, 1] as const) {
    for (const column of [0, 1] as const) {
      const factor =
        row === column
          ? 1 - (reader[row]! + model[column]!) * (1 - value)
          : (model[row]! + reader[column]!) * (1 - value)
      variance += cells[row][column] * factor ** 2
    }
  }
  const reach = (z95 * Math.sqrt(Math.max(0, variance) / films)) / (1 - expected)
  return { value, low: Math.max(-1, value - reach), high: Math.min(1, value + reach) }
}
