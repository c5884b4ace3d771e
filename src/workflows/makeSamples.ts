import { join } from 'node:path'
import { discard } from '../files/discard.ts'
import type { Job } from '../shared/rpc/contract.ts'
import { newId } from '../store/newId.ts'
import { importFolder, type Imported, type ImportProgress } from './importFolder.ts'
import type { Library } from './library.ts'

export type SamplesProgress =
  ImportProgress | { readonly kind: 'drawing'; readonly done: number; readonly total: number }

export interface SamplesOrder {
  readonly count: number
  readonly seed: number
  readonly name?: string
  /** Made when left out; also the name of the folder that the films lie in. */
  readonly datasetId?: string
}

/** Draws synthetic films into the library and imports them. A cancel or a failure leaves no film. */
export async function makeSamples(
  library: Library,
  { count, seed, name, datasetId = newId() }: SamplesOrder,
  job: Job<SamplesProgress>,
): Promise<Imported> {
  const folder = join(library.store.folder.samples, datasetId)
  try {
    const made = await library.engine.generateFilms(
      { folder, count, seed },
      {
        signal: job.signal,
        onProgress: ({ done, total }) => job.report({ kind: 'drawing', done, total }),
      },
    )
    const title = name ?? `Synthetic films (${made.films}, seed ${seed})`
    const order = { paths: [made.folder], name: title, datasetId, resumable: false }
    return await importFolder(library, order, job)
  } catch (cause) {
    await discard(folder)
    throw cause
  }
}
