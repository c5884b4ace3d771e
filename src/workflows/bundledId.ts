import type { StoredModel } from '../store/model.ts'

/** What the model that ships is called, whatever a person renames it to. */
export const bundledName = 'bundled'

/** Each version of it has an id of its own. */
export const bundledId = (hash: string): string => `${bundledName}-${hash.slice(0, 12)}`

export const isBundled = ({ id }: Pick<StoredModel, 'id'>): boolean =>
  id.startsWith(`${bundledName}-`)
