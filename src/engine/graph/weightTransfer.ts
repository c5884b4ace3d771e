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
  const byName = new Map(arrays.map((array) => [array.name, array]))
  const feeds = new Map<string, HostTensor>()
  for (const { name, shape } of variables) {
    const known = rename(name)
    const array = byName.get(known)
    if (array === undefined) throw new AppError('BAD_MODEL', `There are no weights for ${known}`)
    if (array.shape.join() !== shape.join() || array.values.length !== sizeOf(shape))
      throw new AppError(
        'BAD_MODEL',
        `${known} is ${shape.join('×')} in the network, but ${array.shape.join('×')} in the weights`,
      )
    feeds.set(feedOf(name), { shape, values: array.values })
  }
  session.read(feeds, [feedOf(group)])
}

/** Throws BAD_MODEL naming the first array that the network has no place for. */
export function refuseUnknown(arrays: readonly NamedArray[], known: ReadonlySet<string>): void {
  const stranger = arrays.find(({ name }) => !known.has(name))
  if (stranger) throw new AppError('BAD_MODEL', `The network has no weights named ${stranger.name}`)
}
