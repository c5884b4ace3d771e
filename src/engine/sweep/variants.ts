/** The configurations of a sweep as options, and where they differ. */
import type { Sweep, SweepOption, SweepOptions } from '../../shared/domain/sweep.ts'

export interface Variant {
  readonly options: SweepOptions
  readonly name?: string | undefined
  readonly priority?: number | undefined
}

/** Each listed configuration with each point of the grid, whose options vary in the order of the schema; no two alike. */
export function spread({ base, grid, configurations }: Sweep): Variant[] {
  const points = gridPoints(grid)
  const listed: readonly Listed[] = configurations ?? [{}]
  const variants = listed.flatMap(({ name, priority, ...own }) =>
    points.map((point): Variant => ({ options: { ...base, ...own, ...point }, name, priority })),
  )
  const seen = new Set<string>()
  return variants.filter(({ options }) => {
    const key = JSON.stringify(Object.entries(options).sort(([a], [b]) => (a < b ? -1 : 1)))
    const isNew = !seen.has(key)
    seen.add(key)
    return isNew
  })
}

type Listed = SweepOptions & { readonly name?: string | undefined; readonly priority?: number | undefined } // prettier-ignore

function gridPoints(grid: Sweep['grid']): SweepOptions[] {
  return Object.entries(grid).reduce<SweepOptions[]>(
    (points, [option, values = []]) =>
      points.flatMap((point) => values.map((value) => ({ ...point, [option]: value }))),
    [{}],
  )
}

/** Options that not all variants have alike, in the order of their first mention. */
export function differences(variants: readonly Variant[]): SweepOption[] {
  const names = new Set(variants.flatMap(({ options }) => Object.keys(options) as SweepOption[]))
  return [...names].filter((name) => {
    const values = new Set(variants.map(({ options }) => JSON.stringify(options[name])))
    return values.size > 1
  })
}
