/** Scores for films in files. */
import type { ScreenedFilm } from '../../shared/contracts/engineAreas/scoring.ts'
import { throwIfCancelled } from '../../shared/errors.ts'
import type { Job } from '../../shared/rpc/contract.ts'
import { turnOfTheLoop } from '../../files/turnOfTheLoop.ts'
import { lacksBfloat16 } from '../tensorflow.ts'
import { loadedModels } from './loadModel.ts'
import type { LoadedModel } from './modelCache.ts'
import { readAhead, type Reading } from './readAhead.ts'
import { networkInput, packFilms } from './readForNetwork.ts'
import { rowsOf } from './rows.ts'
import { createScorer, type Precision, type Scorer, type ScoringNetwork } from './scorer.ts'
import { reasonsOf, seenFeatures, type SeenFeatures } from './seenFeatures.ts'

/** All films of the next scoring, so that none waits to be read until this one is through. */
const usualReaders = 16

export interface ScreeningOrder {
  readonly modelFolder: string
  readonly paths: readonly string[]
  /** Those whose files tell black from white wrong, as a person said. */
  readonly turned?: readonly string[] | undefined
  /** Files read at once. */
  readonly workers?: number | undefined
  /** `auto` (when left out): long jobs may use bfloat16 where that is faster and agrees; see `scorer.ts`. */
  readonly precision?: 'float32' | 'auto' | undefined
}

interface ScreeningProgress {
  done: number
  total: number
  films: ScreenedFilm[]
}

/**
 * Scores films in order; one that cannot be read is reported as refused. The next films are read from the disk
 * while the graph runs. `seconds` counts from the first file to the last score, without the loading of the model.
 * Without paths it only loads the model. Throws BAD_MODEL, NOT_FOUND (the model), CANCELLED.
 */
export function screen(
  order: ScreeningOrder,
  job: Job<ScreeningProgress>,
): Promise<{ scored: number; refused: number; seconds: number; precision: Precision }> {
  return loadedModels.use(order.modelFolder, async (model) => {
    const startedAt = performance.now()
    const total = order.paths.length
    let [done, scored] = [0, 0]
    const { manifest } = model
    // Where the processor is known to gain nothing the trial is saved.
    const precision = lacksBfloat16() ? 'float32' : (order.precision ?? 'auto')
    let used: Scorer | undefined
    const scorerOf = (network: ScoringNetwork) =>
      (used = createScorer({ network, manifest, films: total, precision }))
    for await (const films of scoredFilms(model, order, job.signal, scorerOf)) {
      done += films.length
      scored += films.filter(({ kind }) => kind === 'scored').length
      job.report({ done, total, films })
    }
    const seconds = (performance.now() - startedAt) / 1000
    return { scored, refused: done - scored, seconds, precision: used?.precision() ?? 'float32' }
  })
}

/** Scores of all films, some at a time, by float32 unless `scorer` says otherwise. One output p gives [1 − p, p]. */
export async function* scoredFilms(
  model: LoadedModel,
  {
    paths,
    turned = [],
    workers = usualReaders,
  }: Pick<ScreeningOrder, 'paths' | 'turned' | 'workers'>,
  signal: AbortSignal,
  scorerOf: (network: ScoringNetwork) => Pick<Scorer, 'score'> = (network) => ({
    score: (films) => network.predict(films),
  }),
): AsyncGenerator<ScreenedFilm[]> {
  const seen = seenFeatures(model)
  const scorer = scorerOf(seen.network)
  const { filmsAtOnce } = model
  const reader = { input: networkInput(model.manifest), turned: new Set(turned), limit: workers }
  const readFrom = (start: number) => readAhead(paths.slice(start, start + filmsAtOnce), reader)
  let next = readFrom(0)
  for (let start = 0; start < paths.length; start += filmsAtOnce) {
    const readings = await next.done
    throwIfCancelled(signal)
    next = readFrom(start + filmsAtOnce)
    await next.begun
    // One turn lets a single film or a cancel through.
    await turnOfTheLoop()
    yield score(model, scorer, seen, readings)
  }
}

function score(
  model: LoadedModel,
  scorer: Pick<Scorer, 'score'>,
  seen: SeenFeatures,
  readings: readonly Reading[],
): ScreenedFilm[] {
  const films = readings.flatMap((reading) => (reading.kind === 'read' ? [reading.film] : []))
  const batch = packFilms(films)
  const outputs = films.length > 0 ? scorer.score(batch) : new Float32Array()
  const rows = rowsOf(outputs, films.length).values()
  const reasons = reasonsOf(model, films, seen.of(batch)).values()
  return readings.map((reading) =>
    reading.kind === 'refused'
      ? reading
      : {
          kind: 'scored',
          path: reading.path,
          probabilities: probabilitiesOf(rows.next().value ?? new Float32Array()),
          outside: reasons.next().value ?? [],
          ...(reading.film.dicom?.windowMissed && { windowMissed: true }),
        },
  )
}

/** Rounding may lead a hair out of 0–1. */
const clamped = (value: number) => Math.min(1, Math.max(0, value))

/** One a class; one output p gives [1 − p, p]. */
export function probabilitiesOf(outputs: Float32Array): number[] {
  if (outputs.length > 1) return Array.from(outputs, clamped)
  const positive = clamped(outputs[0] ?? NaN)
  return [1 - positive, positive]
}
