/** A model's scores of films as they are and as shortcut tests change them. */
import type { Refusal } from '../../shared/domain/film.ts'
import { ShortcutChange, type ChangedFilm } from '../../shared/domain/shortcut.ts'
import { throwIfCancelled, toAppError } from '../../shared/errors.ts'
import type { Job } from '../../shared/rpc/contract.ts'
import { inParallel } from '../data/inParallel.ts'
import { turnOfTheLoop } from '../../files/turnOfTheLoop.ts'
import { interleave, planesOf } from '../data/disturb/plane.ts'
import { toEightBits } from '../images/eightBits.ts'
import { filmInput, scaled, type FilmInput, type InputSize } from '../images/filmInput.ts'
import { readRaster } from '../images/readRaster.ts'
import type { Raster } from '../images/raster.ts'
import { loadedModels } from '../predict/loadModel.ts'
import type { LoadedModel } from '../predict/modelCache.ts'
import { packFilms } from '../predict/readForNetwork.ts'
import { probabilitiesOf } from '../predict/screen.ts'
import { rowsOf } from '../predict/rows.ts'
import { shortcutChanges } from './changes.ts'

export interface ShortcutOrder {
  readonly modelFolder: string
  readonly paths: readonly string[]
  /** Those whose files tell black from white wrong, as a person said. */
  readonly turned?: readonly string[] | undefined
}

interface Progress {
  done: number
  total: number
  films: ChangedFilm[]
}

/** Films decoded, changed and scored together; each is held whole in six versions meanwhile. */
const AT_ONCE = 4
const changes = ShortcutChange.options

/** In the order of the paths, in float32. Throws BAD_MODEL, NOT_FOUND (the model), CANCELLED. */
export function scoreChanged(
  { modelFolder, paths, turned = [] }: ShortcutOrder,
  job: Job<Progress>,
): Promise<{ scored: number; refused: number }> {
  return loadedModels.use(modelFolder, async (model) => {
    const other = new Set(turned)
    let [scored, done] = [0, 0]
    for (let start = 0; start < paths.length; start += AT_ONCE) {
      throwIfCancelled(job.signal)
      const some = paths.slice(start, start + AT_ONCE)
      const films = await inParallel(some, AT_ONCE, (path) => scoreOne(model, path, other.has(path))) // prettier-ignore
      scored += films.filter(({ kind }) => kind === 'scored').length
      done += films.length
      job.report({ done, total: paths.length, films })
      await turnOfTheLoop()
    }
    return { scored, refused: done - scored }
  })
}

async function scoreOne(model: LoadedModel, path: string, turned: boolean): Promise<ChangedFilm> {
  const read = await readVersions(model, path, turned)
  if ('refusal' in read) return { kind: 'refused', ...read }
  const outputs = model.network.predict(packFilms(read.versions))
  const [plain, ...changed] = rowsOf(outputs, read.versions.length).map(probabilitiesOf)
  return {
    ...{ kind: 'scored', path, probabilities: plain! },
    changed: changes.map((change, at) => ({ change, probabilities: changed[at]! })),
  }
}

/** What is wrong with one film is its own matter. */
async function readVersions(
  { manifest: { spec, preprocessing } }: LoadedModel,
  path: string,
  turned: boolean,
): Promise<{ readonly versions: FilmInput[] } | { readonly refusal: Refusal }> {
  const { resize, window } = preprocessing
  const { height: rows, width: columns, channels } = spec.input
  try {
    const raster = await readRaster(path, { turned, window })
    return { versions: await versionsOf(raster, { rows, columns, channels, resize }) }
  } catch (cause) {
    const { code, message } = toAppError(cause)
    return { refusal: { path, code, reason: message } }
  }
}

/** The film as it is, then changed by each of the tests, all at the input's size. */
async function versionsOf(raster: Raster, size: InputSize): Promise<FilmInput[]> {
  const plain = filmInput(raster, size)
  const { channels } = plain
  const { rows, columns } = raster
  const planes = planesOf(toEightBits(raster, channels), { rows, columns }, channels)
  const versions = [plain]
  for (const change of changes) {
    const changed = await inParallel(planes, 1, async (plane) => shortcutChanges[change](plane))
    const pixels = new Uint8Array(rows * columns * channels)
    interleave(changed, pixels, 0)
    versions.push({ channels, pixels: scaled(pixels, { rows, columns }, size, channels) })
  }
  return versions
}
