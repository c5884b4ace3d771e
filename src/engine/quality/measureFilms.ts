/** Facts and features of films, a few in memory at a time. */
import { THUMB_SIDE } from '../../shared/domain/envelope.ts'
import type { MeasuredFilm, QualityFacts } from '../../shared/domain/quality.ts'
import { throwIfCancelled } from '../../shared/errors.ts'
import type { Job } from '../../shared/rpc/contract.ts'
import { inParallel } from '../data/inParallel.ts'
import { turnOfTheLoop } from '../../files/turnOfTheLoop.ts'
import { fewFeatures, likeness, thumbOf } from '../envelope/look.ts'
import { filmInput, type FilmInput } from '../images/filmInput.ts'
import { refusalOf } from '../images/readFilms.ts'
import { readRaster } from '../images/readRaster.ts'
import { loadedModels } from '../predict/loadModel.ts'
import type { LoadedModel } from '../predict/modelCache.ts'
import { networkInput, packFilms, type NetworkInput } from '../predict/readForNetwork.ts'
import { rowsOf } from '../predict/rows.ts'
import { reasonsOf } from '../predict/seenFeatures.ts'
import { pictureFacts, type PictureFacts } from './pictureFacts.ts'

/** Whole films decoded at once; they are large. */
const UNDER_WAY = 4
/** Films between two reports; those of the next are read while a model looks at these. */
const FILMS_AT_ONCE = 16
/** A film or its negative must be as like the mean chest film as this to tell black from white. */
const CLEAR = 0.2

export interface MeasuringOrder {
  readonly paths: readonly string[]
  /** Whose mean film, envelope and features are used; without it these are left out. */
  readonly modelFolder?: string | undefined
}

interface Progress {
  done: number
  total: number
  films: MeasuredFilm[]
}

type Measured =
  | {
      readonly path: string
      readonly facts: PictureFacts
      /** Undefined without a model, and for files of several frames. */
      readonly input?: FilmInput | undefined
    }
  | Extract<MeasuredFilm, { kind: 'refused' }>

/** Measures films in order; one that cannot be read is reported as refused. Throws BAD_MODEL, NOT_FOUND (the model), CANCELLED. */
export async function measureFilms(
  { paths, modelFolder }: MeasuringOrder,
  job: Job<Progress>,
): Promise<{ measured: number; refused: number }> {
  if (modelFolder === undefined) return measureAll(paths, undefined, job)
  return loadedModels.use(modelFolder, (model) => measureAll(paths, model, job))
}

async function measureAll(
  paths: readonly string[],
  model: LoadedModel | undefined,
  job: Job<Progress>,
) {
  const input = model && networkInput(model.manifest)
  const read = (start: number) => {
    const reading = inParallel(paths.slice(start, start + FILMS_AT_ONCE), UNDER_WAY, (path) =>
      measure(path, input, job.signal),
    )
    // Its failure, a cancel, is thrown when its turn comes.
    reading.catch(() => undefined)
    return reading
  }
  let [done, refused] = [0, 0]
  let next = read(0)
  for (let start = 0; start < paths.length; start += FILMS_AT_ONCE) {
    const films = await next
    next = read(start + FILMS_AT_ONCE)
    await turnOfTheLoop()
    throwIfCancelled(job.signal)
    const seen = see(films, model)
    done += seen.length
    refused += seen.filter(({ kind }) => kind === 'refused').length
    job.report({ done, total: paths.length, films: seen })
  }
  return { measured: done - refused, refused }
}

async function measure(
  path: string,
  input: NetworkInput | undefined,
  signal: AbortSignal,
): Promise<Measured> {
  throwIfCancelled(signal)
  try {
    const raster = await readRaster(path, { window: input?.window })
    const facts = pictureFacts(raster)
    await turnOfTheLoop()
    if (!input || raster.frames > 1) return { path, facts }
    const { height: rows, width: columns, channels, resize } = input
    return { path, facts, input: filmInput(raster, { rows, columns, channels, resize }) }
  } catch (cause) {
    return { kind: 'refused', refusal: refusalOf(path, cause) }
  }
}

/** Adds what the model sees in those that it can look at. */
function see(films: readonly Measured[], model: LoadedModel | undefined): MeasuredFilm[] {
  const inputs = films.flatMap((film) => ('facts' in film && film.input ? [film.input] : []))
  const looks = (model && inputs.length > 0 ? looksOf(model, inputs) : []).values()
  return films.map((film) => {
    if (!('facts' in film)) return film
    const { path, facts } = film
    const look = film.input ? looks.next().value : undefined
    if (!look) return { kind: 'measured', path, facts: { ...facts, outside: [] } }
    const { features, ...seen } = look
    return { kind: 'measured', path, facts: { ...facts, ...seen }, features }
  })
}

function looksOf(model: LoadedModel, inputs: readonly FilmInput[]) {
  const { features } = model.network.predictWithFeatures(packFilms(inputs))
  const reasons = reasonsOf(model, inputs, features)
  return rowsOf(features, inputs.length).map((pooled, at) => ({
    features: Float32Array.from(fewFeatures(pooled)),
    polarity: polarityOf(model, inputs[at]!),
    outside: reasons[at]!,
  }))
}

function polarityOf(
  { manifest, envelope }: LoadedModel,
  { channels, pixels }: FilmInput,
): QualityFacts['polarity'] {
  if (!envelope) return undefined
  const { height: rows, width: columns } = manifest.spec.input
  const meanFilm = envelope.numbers.subarray(-THUMB_SIDE * THUMB_SIDE)
  const alike = likeness(thumbOf({ rows, columns, channels, pixels }), meanFilm)
  if (Math.abs(alike) < CLEAR) return 'unclear'
  return alike > 0 ? 'positive' : 'negative'
}
