/** Makes the bundled model: published weights, trainings by fold and seed, figures, and the package that ships. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { writeFileAtomically } from '../src/files/atomicWrite.ts'
import type { LabelledFilm, TrainingProgress } from '../src/shared/domain/training.ts'
import { surveyFolder } from '../src/engine/data/survey.ts'
import { classes, shipped, spec } from './protocol.ts'
import { report, type RunFigures } from './report.ts'
import { robustness } from './robustness.ts'
import { runName, trainRun, type Run, type Work } from './runs.ts'
import { scoresOf } from './score.ts'
import { figuresOf, plainScores, ship, stressedScores } from './ship.ts'
import { writeStartPackage } from './startPackage.ts'
import { strangers } from './strangers.ts'

export interface BundledOptions {
  /** Class folders NORMAL and PNEUMONIA. */
  readonly data: string
  /** Where trainings, decoded films and scores lie, so that a second call goes on. */
  readonly folder: string
  /** The file of published weights. */
  readonly weightsFile: string
  /** From 1. */
  readonly folds: readonly number[]
  readonly seeds: readonly number[]
  /** The folder of the package that ships. */
  readonly out: string
  /** The text file that names the watched films of the model that ships, for `cli evaluate --only`. */
  readonly watched: string
  /** Watched films that the robustness table is made on. */
  readonly robustnessFilms: number
  /** Trains the un-hardened baseline too, and judges it beside the model that ships. */
  readonly withBaseline: boolean
}

const say = (text: string) => void process.stderr.write(`${text}\n`)

export async function trainBundled(options: BundledOptions): Promise<void> {
  const { folder, data, weightsFile, out } = options
  const startFrom = join(folder, 'start')
  if (!existsSync(startFrom)) await writeStartPackage(weightsFile, startFrom, spec)
  const work: Work = { films: await filmsIn(data), folder, startFrom }
  const found: RunFigures[] = []
  for (const seed of options.seeds)
    for (const fold of options.folds) found.push(await crossValidate(work, { fold, seed }))
  const isShipped = ({ run }: RunFigures) => runName(run) === runName(shipped)
  const chosen = found.find(isShipped)
  if (!chosen) {
    say(`${runName(shipped)} is not among these trainings: nothing is shipped`)
    return
  }
  const manifest = await ship(chosen.modelFolder, chosen.scores, out)
  const names = chosen.scores.map(({ film }) => film)
  await writeFileAtomically(options.watched, `${names.join('\n')}\n`)
  const judge = (model: string) => robustness(work, shipped, model, options.robustnessFilms)
  const text = report(found, chosen, manifest, {
    changes: await judge(out),
    baseline: options.withBaseline ? await judge(await baseline(work)) : undefined,
    strangers: await strangers(work, shipped, out, options.robustnessFilms),
  })
  await writeFileAtomically(join(folder, 'report.md'), text)
  say(text)
}

/** Trained, calibrated and given its threshold as the model that ships, but for its augmentation. Returns its package. */
async function baseline(work: Work): Promise<string> {
  const { modelFolder, scores } = await crossValidate(work, { ...shipped, unhardened: true })
  const folder = join(work.folder, 'unhardened')
  await ship(modelFolder, scores, folder)
  return folder
}

async function crossValidate(work: Work, run: Run): Promise<RunFigures> {
  say(`Training ${runName(run)}`)
  const { modelFolder } = await trainRun(work, run, jobOf())
  const scores = await scoresOf(work, run, modelFolder)
  const [plain, stressed] = [figuresOf(plainScores(scores)), figuresOf(stressedScores(scores))]
  return { run, modelFolder, scores, plain, stressed }
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
