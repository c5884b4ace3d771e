/** Where each film stood in a training, as the run's folder remembers it. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { Part } from '../shared/domain/part.ts'
import type { StoredImage } from '../store/image.ts'
import type { Library } from './library.ts'

const Placed = z.array(z.object({ file: z.string() }))
const Split = z.object({ train: Placed, validation: Placed, test: Placed })

/** The part of each film, by its id; films that the run did not see are left out. Undefined when the run's files are gone. */
export async function runSplit(
  { store }: Pick<Library, 'store'>,
  runId: string,
  images: readonly StoredImage[],
): Promise<ReadonlyMap<string, Part> | undefined> {
  const text = await readFile(join(store.folder.runs, runId, 'split.json'), 'utf8').catch(
    () => undefined,
  )
  if (text === undefined) return undefined
  const split = Split.parse(JSON.parse(text))
  const parts = new Map<string, Part>()
  for (const part of ['train', 'validation', 'test'] as const) {
    for (const { file } of split[part]) parts.set(file, part)
  }
  return new Map(
    images.flatMap(({ id, path }): [string, Part][] => {
      const part = partOf(path, parts)
      return part ? [[id, part]] : []
    }),
  )
}

/** The file names begin at the folder that all films share; the longest end of the path that is one of them is it. */
function partOf(path: string, parts: ReadonlyMap<string, Part>): Part | undefined {
  const steps = path.split(/[\\/]/)
  const ends = steps.map((_, first) => steps.slice(first).join('/'))
  const name = ends.find((end) => parts.has(end))
  return name === undefined ? undefined : parts.get(name)
}
