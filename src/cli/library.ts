/** The library, for the verbs that work with it. */
import { openLibraryFolder, libraryPath } from '../store/libraryFolder.ts'
import { openStore } from '../store/store.ts'
import { installBundledModel } from '../workflows/bundledModel.ts'
import type { Library } from '../workflows/library.ts'
import type { Context, OptionSpec } from './verb.ts'

export const libraryOption: Readonly<Record<string, OptionSpec>> = {
  library: { type: 'string', value: 'DIR', help: "the library's folder, if not the app's own" },
}

/** Opens the library for the time of `work`. The app may have it open as well. */
export async function withLibrary<T>(
  folder: string | undefined,
  { engine }: Pick<Context, 'engine'>,
  work: (library: Library) => Promise<T>,
): Promise<T> {
  const store = openStore(openLibraryFolder(libraryPath(folder)), 'cli')
  try {
    await installBundledModel({ store })
    return await work({ store, engine })
  } finally {
    store.close()
  }
}
