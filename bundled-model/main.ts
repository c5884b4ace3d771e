/** Makes the bundled model: published weights, trainings by fold and seed, figures, and the package that ships. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { writeFileAtomically } from '../src/files/atomicWrite.ts'
import type { LabelledFilm, TrainingProgress } from '../src/shared/domain/training.ts'
import { surveyFolder } from '../src/engine/data/survey.ts'
import { weightsPaths, type Size } from './efficientnetLite.ts'
import {
  classes,
  others,
  partsOf,
  shipped,
  size as shippedSize,
  specOf,
  startOf,
  teachersOf,
  type OtherName,
  type Run,
} from './protocol.ts'
import { taught } from './distil.ts'
import { filmsFor } from './inner.ts'
import { averaged, forked, joined } from './join.ts'
import { outsiders } from './outsiders.ts'
import { report, type Figures } from './report.ts'
import { robustness } from './robustness.ts'
import { packageOf, runName, trainRun, type Work } from './runs.ts'
import { scoresOf, type Judged } from './score.ts'
import { figuresOf, plainScores, ship, stressedScores } from './ship.ts'
import { writeStartPackage } from './startPackage.ts'
import { strangers } from './strangers.ts'

export interface BundledOptions {
  /** Class folders NORMAL and PNEUMONIA. */
  readonly data: string
  /** Where trainings, decoded films and scores lie, so that a second call goes on. */
  readonly folder: string
  /** The file of published weights of a size, which lies there from the cache folder on. */
  readonly weightsFile: (size: Size, path: string) => string
  /** From 1. */
  readonly folds: readonly number[]
  readonly seeds: readonly number[]
  /** The folder of the package that ships. */
  readonly out: string
  /** The text file that names the watched films of the model that ships, for `cli evaluate --only`. */
  readonly watched: string
  /** Watched films that the robustness table is made on. */
  readonly robustnessFilms: number
  /** What else is trained and judged beside the model that ships, on each of the folds, by its seed. */
  readonly others: readonly string[]
}

const say = (text: string) => void process.stderr.write(`${text}\n`)

export async function trainBundled(options: BundledOptions): Promise<void> {
  const { folder, data, weightsFile, out } = options
  const tries = options.others.map(otherNamed)
  const startFrom = (size: Size) => join(folder, size === shippedSize ? 'start' : `start-${size}`)
  for (const other of [undefined, ...tries]) {
    const size = startOf(other)
    if (!size || existsSync(startFrom(size))) continue
    await writeStartPackage(weightsFile(size, weightsPaths[size]), startFrom(size), {
      size,
      spec: specOf(other),
    })
  }
  const work: Work = { films: await filmsIn(data), folder, startFrom }
  const found: Figures[] = []
  for (const seed of options.seeds)
    for (const fold of options.folds) found.push(await crossValidate(work, { fold, seed }))
  const means: Figures[] = []
  if (options.seeds.length > 1)
    for (const fold of options.folds) means.push(await averageOf(work, fold, options.seeds))
  const tried: Figures[] = []
  for (const other of tries)
    for (const fold of options.folds)
      tried.push(await crossValidate(work, { fold, seed: shipped.seed, other }))
  const chosen = [...found, ...tried].find(({ name }) => name === runName(shipped))
  if (!chosen) {
    say(`${runName(shipped)} is not among these trainings: nothing is shipped`)
    return
  }
  const manifest = await ship(chosen.modelFolder, chosen.scores, out)
  const names = chosen.scores.map(({ film }) => film)
  await writeFileAtomically(options.watched, `${names.join('\n')}\n`)
  // Without the name of what was tried: the same watched films whatever ships.
  const { fold, seed } = shipped
  const judge = (model: string) => robustness(work, { fold, seed }, model, options.robustnessFilms)
  const unhardened = tried.find(({ name }) => name === runName({ fold, seed, other: 'unhardened' }))
  const text = report({ found, means, tried }, chosen, manifest, {
    changes: await judge(out),
    baseline: unhardened && (await judge(await withThreshold(work, unhardened))),
    strangers: await strangers(work, { fold, seed }, out, options.robustnessFilms),
    outsiders: await outsiders(out, join(data, '..', '..')),
  })
  await writeFileAtomically(join(folder, 'report.md'), text)
  say(text)
}

function otherNamed(name: string): OtherName {
  const names = Object.keys(others) as OtherName[]
  const found = names.find((known) => known === name)
  if (!found) throw new Error(`«${name}» is none of what was tried: ${names.join(', ')}`)
  return found
}

/** Calibrated and given its threshold as the model that ships. Returns its package. */
async function withThreshold(work: Work, { name, modelFolder, scores }: Figures): Promise<string> {
  const folder = join(work.folder, `${name}-decided`)
  await ship(modelFolder, scores, folder)
  return folder
}

async function crossValidate(work: Work, run: Run): Promise<Figures> {
  const looking = { ...work, films: await filmsFor(work, run.other) }
  const parts = partsOf(run)
  for (const before of [...teachersOf(run), ...parts]) await trained(looking, before)
  const modelFolder =
    parts.length > 0
      ? await joined(looking, { parts, folder: packageOf(looking, run), how: forked })
      : await trained({ ...looking, films: await taught(looking, run) }, run)
  return judged(looking, { name: runName(run), fold: run.fold, modelFolder })
}

/** Returns the package. */
async function trained(work: Work, run: Run): Promise<string> {
  say(`Training ${runName(run)}`)
  const { modelFolder } = await trainRun(work, run, jobOf())
  return modelFolder
}

/** The mean of the weights of a fold's trainings. */
async function averageOf(work: Work, fold: number, seeds: readonly number[]): Promise<Figures> {
  const parts = seeds.map((seed) => ({ fold, seed }))
  const name = `fold-${fold}-mean-of-seeds-${seeds.join('-')}`
  const folder = join(work.folder, name)
  const modelFolder = await joined(work, { parts, folder, how: averaged })
  return judged(work, { name, fold, modelFolder })
}

async function judged(work: Work, model: Judged): Promise<Figures> {
  const scores = await scoresOf(work, model)
  const [plain, stressed] = [figuresOf(plainScores(scores)), figuresOf(stressedScores(scores))]
  return { ...model, scores, plain, stressed }
}

async function filmsIn(data: string): Promise<LabelledFilm[]> {
  const quiet = { signal: new AbortController().signal, report: () => undefined }
  const survey = await surveyFolder({ paths: [data] }, quiet)
  return survey.films.map(({ path, patient, className = '' }) => {
    const label = classes.findIndex((name) => name === className)
    if (label < 0) throw new Error(`${path}: «${className}» is none of ${classes.join(', ')}`)
    return { path, patient, label }
  })
}

/** Says where a training stands, twice a minute. */
function jobOf() {
  let said = 0
  return {
    signal: new AbortController().signal,
    report: (progress: TrainingProgress) => {
      if (progress.kind === 'prepared') say(`Films: ${JSON.stringify(progress.films)}`)
      if (progress.kind === 'epoch') say(JSON.stringify(progress.report))
      if (progress.kind !== 'batch' || Date.now() - said < 30_000) return
      said = Date.now()
      const { epoch, batch, batches, loss, imagesPerSecond, secondsLeft } = progress
      say(
        `epoch ${epoch}, ${batch} of ${batches}: loss ${loss.toFixed(4)}, ${imagesPerSecond.toFixed(1)} films/s, ${Math.round(secondsLeft / 60)} minutes left`,
      )
    },
  }
}
