/** A network in notation with other numbers in it. */
import type { SweepOptions } from '../../shared/domain/sweep.ts'
import {
  defaults,
  type Convolution,
  type Dense,
  type Group,
  type Notation,
} from '../models/notation/notation.ts'

export type NotationOptions = Pick<
  SweepOptions,
  | 'filters'
  | 'convolutionsPerGroup'
  | 'kernel'
  | 'pool'
  | 'dropout'
  | 'batchNorm'
  | 'l2'
  | 'denseUnits'
  | 'denseLayers'
  | 'denseDropout'
>

/** What stands in where a sweep names no network: two pairs and one dense layer, as the notation's author has them. */
export const plainNotation: Notation = {
  groups: [16, 32].map((filters) => ({
    convolutions: [0, 1].map(() => ({ filters, kernel: defaults.kernel, isNormalised: false })),
    pool: defaults.pool,
  })),
  dense: [{ units: 16, isNormalised: false, hasRelu: true, l2: 0 }],
}

/** The same network where an option is left out; the first group and the first dense layer are the pattern of new ones. */
export function varyNotation(notation: Notation, options: NotationOptions): Notation {
  return { groups: varyGroups(notation.groups, options), dense: varyDense(notation.dense, options) }
}

function varyGroups(groups: readonly Group[], options: NotationOptions): Group[] {
  const { filters, convolutionsPerGroup, pool, dropout } = options
  const [pattern = plainNotation.groups[0]!] = groups
  const wanted = filters === undefined ? undefined : [filters].flat()
  const base: readonly Group[] =
    wanted?.map((count, place) => withFilters(groups[place] ?? pattern, count)) ?? groups
  return base.map((group) => {
    const { dropout: before, ...rest } = group
    const rate = dropout ?? before
    const convolutions = repeated(group.convolutions, convolutionsPerGroup)
    return {
      ...rest,
      convolutions: convolutions.map((convolution) => varyConvolution(convolution, options)),
      pool: pool ?? group.pool,
      ...(rate !== undefined && rate > 0 && { dropout: rate }),
    }
  })
}

const withFilters = (group: Group, filters: number): Group => ({
  ...group,
  convolutions: group.convolutions.map((convolution) => ({ ...convolution, filters })),
})

function varyConvolution(
  convolution: Convolution,
  { kernel = convolution.kernel, batchNorm = convolution.isNormalised }: NotationOptions,
): Convolution {
  return { ...convolution, kernel, isNormalised: batchNorm }
}

function varyDense(dense: readonly Dense[], options: NotationOptions): Dense[] {
  const { denseUnits, denseLayers, denseDropout, l2 } = options
  const [pattern = plainNotation.dense[0]!] = dense
  const wanted = denseUnits === undefined ? undefined : [denseUnits].flat()
  const one = wanted?.length === 1 ? wanted[0] : undefined
  // One number is for all layers there are; several say how many there are.
  const sized =
    one !== undefined
      ? (dense.length > 0 ? dense : [pattern]).map((layer) => ({ ...layer, units: one }))
      : (wanted?.map((units, place) => ({ ...(dense[place] ?? pattern), units })) ?? dense)
  const layers = denseLayers === undefined ? sized : repeated(sized, denseLayers, pattern)
  return layers.map((layer) => {
    const { dropout: before, ...rest } = layer
    const rate = denseDropout ?? before
    return { ...rest, l2: l2 ?? layer.l2, ...(rate !== undefined && rate > 0 && { dropout: rate }) }
  })
}

/** As many as wanted: the last ones left out, or the last one repeated. */
function repeated<T>(items: readonly T[], count = items.length, pattern?: T): T[] {
  const last = items.at(-1) ?? pattern
  return Array.from({ length: count }, (_, place) => items[place] ?? last!)
}
