/** Which film stood in which part when a run was trained: its own split, not what the data set says now. */
import { readFile } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { z } from 'zod'
import type { Part } from '../shared/domain/part.ts'
import type { StoredImage } from '../store/image.ts'
import type { Library } from './library.ts'

const Films = z.array(z.object({ file: z.string() }))
const Split = z.object({ train: Films, validation: Films, test: Films })

/** Undefined where the run left no split: a model that was imported, or a run that was deleted. */
export async function splitOfRun(
  { store }: Pick<Library, 'store'>,
  runId: string | undefined,
  images: readonly Pick<StoredImage, 'id' | 'path'>[],
): Promise<ReadonlyMap<string, Part> | undefined> {
  if (runId === undefined) return undefined
  const text = await readFile(join(store.folder.runs, runId, 'split.json'), 'utf8').catch(
    () => undefined,
  )
  if (text === undefined) return undefined
  const split = Split.parse(JSON.parse(text))
  const parts = new Map<string, Part>()
  for (const part of ['train', 'validation', 'test'] as const) {
    for (const { file } of split[part]) parts.set(file, part)
  }
  const paths = images.map(({ path }) => path.split(sep).join('/'))
  const root = rootOf(paths, parts)
  if (root === undefined) return undefined
  return new Map(
    images.flatMap(({ id }, at) => {
      const part = parts.get(paths[at]!.slice(root.length))
      return part === undefined ? [] : [[id, part] as const]
    }),
  )
}

/** The folder that the split's names begin from: the one from which most films are found. */
function rootOf(paths: readonly string[], names: ReadonlyMap<string, Part>): string | undefined {
  const known = new Set(paths)
  for (const name of names.keys()) {
    const path = paths.find((one) => one.endsWith(`/${name}`))
    if (path === undefined) continue
    const root = path.slice(0, -name.length)
    const found = [...names.keys()].filter((other) => known.has(root + other)).length
    if (2 * found > names.size) return root
  }
  return undefined
}
