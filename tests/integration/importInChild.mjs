// Imports a folder into a library and tells its parent how many films are stored, until it is killed.
import { join } from 'node:path'
import { runnerImport } from 'vite'

const source = (path) => join(import.meta.dirname, '..', '..', 'src', path)
const load = async (path) => (await runnerImport(source(path))).module
const [{ openLibraryFolder }, { openStore }, { importFolder }, { localClient }, { engineHandlers }, { engineContract }] = // prettier-ignore
  await Promise.all(
    ['store/libraryFolder.ts', 'store/store.ts', 'workflows/importFolder.ts', 'cli/localEngine.ts', 'engine/handlers.ts', 'shared/contracts/engine.ts'].map(load), // prettier-ignore
  )
const [, , library, folder] = process.argv
const store = openStore(openLibraryFolder(library), 'child')
const engine = localClient(engineContract, engineHandlers())
const { dataset, resumedFrom } = await importFolder(
  { store, engine },
  { paths: [folder], name: 'Killed' },
  {
    signal: new AbortController().signal,
    report: (progress) => progress.kind === 'reading' && process.send({ done: progress.done }),
  },
)
store.close()
process.send({ images: dataset.images, resumedFrom }, () => process.exit(0))
