/** Which model `--model M` means: a package's folder, a training's folder, or a name in the library. */
import { join, resolve } from 'node:path'
import type { StoredModel } from '../store/model.ts'
import type { Library } from '../workflows/library.ts'
import { bundledName, isBundled } from '../workflows/bundledId.ts'
import { modelFolder } from '../workflows/modelPackages.ts'
import { withLibrary } from './library.ts'
import { isThere } from './paths.ts'
import { UsageError } from './usageError.ts'
import type { Context, OptionSpec } from './verb.ts'

export const modelOption = {
  model: {
    type: 'string',
    value: 'M',
    help: "a package's folder, a model of the library by name or id, or bundled",
  },
} as const satisfies Record<string, OptionSpec>

/** Whether the words name a folder, not a model of the library. */
export const isModelFolder = async (name: string): Promise<boolean> =>
  name !== bundledName && (await isThere(name))

/** A folder that holds `model.json`. Throws UsageError when M is neither a folder nor known. */
export async function resolveModel(
  name: string,
  library: string | undefined,
  context: Pick<Context, 'engine'>,
): Promise<string> {
  if (await isModelFolder(name)) {
    const folder = resolve(name)
    // A training keeps its best epoch in a folder of its own.
    const best = join(folder, 'best')
    const isRun = !(await isThere(join(folder, 'model.json'))) && (await isThere(best))
    return isRun ? best : folder
  }
  return withLibrary(library, context, (opened) =>
    Promise.resolve(modelFolder(opened, findModel(opened, name).id)),
  )
}

/**
 * A model of the library by id or name; `bundled` is the newest that the program brought, whatever it is called now.
 * Throws UsageError when there is none, or several of that name.
 */
export function findModel({ store }: Library, name: string): StoredModel {
  const all = store.models.all()
  const shipped = name === bundledName ? all.find(isBundled) : undefined
  const found = shipped
    ? [shipped]
    : all.filter(({ id, manifest }) => id === name || manifest.name === name)
  const [model] = found
  if (!model) {
    throw new UsageError(
      `«${name}» is neither a folder nor a model of the library; «models» lists those`,
    )
  }
  if (found.length > 1) {
    const ids = found.map(({ id }) => id).join(', ')
    throw new UsageError(`There are ${found.length} models named «${name}»; name one by id: ${ids}`)
  }
  return model
}
