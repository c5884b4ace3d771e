/** The table that a person named, as the engine takes it. */
import { join, resolve, sep } from 'node:path'
import type { TableChoice } from '../shared/contracts/appAreas/datasets.ts'
import type { LabelOrder } from '../shared/domain/labelTable.ts'
import { AppError } from '../shared/errors.ts'
import type { Sources } from './sources.ts'

/** Throws NOT_FOUND for a choice that was given up, and BAD_INPUT for a name that leaves the chosen folder. */
export function labelOrder(
  { source, name, ...reading }: TableChoice,
  sources: Pick<Sources, 'paths'>,
  folders: readonly string[],
): LabelOrder {
  const file = source === undefined ? inFolder(name, folders) : sources.paths(source)[0]
  if (file === undefined) throw new AppError('BAD_INPUT', 'Choose a table of labels in the folder')
  return { file, ...reading }
}

function inFolder(
  name: string | undefined,
  [folder, ...more]: readonly string[],
): string | undefined {
  if (name === undefined || folder === undefined || more.length > 0) return undefined
  const file = resolve(join(folder, name))
  return file.startsWith(folder + sep) ? file : undefined
}
