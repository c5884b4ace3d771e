/** Moves weights between our side and the graph, by name. */
import { sizeOf } from '../models/layerWeights.ts'
import { AppError } from '../../shared/errors.ts'
import type { NamedArray } from './network.ts'
import type { HostTensor, Session } from './session.ts'
import { feedOf, fetchOf, type Variable } from './variables.ts'

/** Present values of these variables, in order; `rename` gives the names that our side knows. */
export function readVariables(
  session: Session,
  variables: readonly Variable[],
  rename: (name: string) => string,
): NamedArray[] {
  if (variables.length === 0) return []
  const values = session.read(new Map(), variables.map(({ name }) => fetchOf(name))) // prettier-ignore
  return variables.map(({ name, shape }, place) => ({
    name: rename(name),
    shape,
    values: values[place]!,
  }))
}

/** Writes all variables of a group. Throws BAD_MODEL naming an array that is missing, unknown or of another shape. */
export function writeVariables(
  session: Session,
  group: string,
  variables: readonly Variable[],
  rename: (name: string) => string,
  arrays: readonly NamedArray[],
): void {
  if (variables.length === 0) return
  const wanted = variables.map(({ name, shape }) => ({ name: rename(name), shape }))
  const byName = arraysByName(wanted, arrays)
  const feeds = new Map<string, HostTensor>()
  for (const { name, shape } of variables) {
    feeds.set(feedOf(name), { shape, values: byName.get(rename(name))!.values })
  }
  session.read(feeds, [feedOf(group)])
}

/** The arrays by name. Throws BAD_MODEL naming one of `wanted` that is missing or of another shape. */
export function arraysByName(
  wanted: readonly { readonly name: string; readonly shape: readonly number[] }[],
  arrays: readonly NamedArray[],
): ReadonlyMap<string, NamedArray> {
  const byName = new Map(arrays.map((array) => [array.name, array]))
  for (const { name, shape } of wanted) {
    const array = byName.get(name)
    if (array === undefined) throw new AppError('BAD_MODEL', `There are no weights for ${name}`)
    if (array.shape.join() !== shape.join() || array.values.length !== sizeOf(shape))
      throw new AppError(
        'BAD_MODEL',
        `${name} is ${shape.join('×')} in the network, but ${array.shape.join('×')} in the weights`,
      )
  }
  return byName
}

/** Throws BAD_MODEL naming the first array that the network has no place for. */
export function refuseUnknown(arrays: readonly NamedArray[], known: ReadonlySet<string>): void {
  const stranger = arrays.find(({ name }) => !known.has(name))
  if (stranger) throw new AppError('BAD_MODEL', `The network has no weights named ${stranger.name}`)
}
