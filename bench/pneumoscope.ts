/** Our side: the engine's own procedures, on the films of a folder. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { engineHandlers } from '../src/engine/handlers.ts'
import { recipeNamed } from '../src/engine/models/presets.ts'
import { TrainingPlan, type LabelledFilm } from '../src/shared/domain/training.ts'
import { Task } from './contestant.ts'

const engine = engineHandlers()
const job = { signal: new AbortController().signal, report: () => undefined }
const { spec, settings } = recipeNamed('pneumonia-vgg-lite')

export async function serve(folder: string): Promise<void> {
  const survey = await engine.surveyFolder({ paths: [folder] }, job)
  const { classes } = survey
  const films = survey.films.map(({ path, patient, className = '' }) => ({
    ...{ path, patient, label: classes.indexOf(className), part: 'train' as const },
  }))
  const scratch = await mkdtemp(join(tmpdir(), 'pneumoscope-bench-'))
  const { tensorflow } = await engine.describe(undefined, job)
  let round = 0
  for await (const line of createInterface({ input: process.stdin })) {
    const task = Task.parse(line)
    const work = join(scratch, String(round++))
    const before = process.cpuUsage()
    const measured = await measure(task, films, classes, work, scratch)
    const { user, system } = process.cpuUsage(before)
    const processorSeconds = (user + system) / 1e6
    const peakBytes = process.resourceUsage().maxRSS * 1024
    const versions = { TensorFlow: tensorflow, Node: process.versions.node }
    process.stdout.write(
      `ANSWER ${JSON.stringify({ ...measured, processorSeconds, peakBytes, versions })}\n`,
    )
  }
  await rm(scratch, { recursive: true, force: true })
  process.exit()
}

/** Seconds of one epoch from JPEG files, of scoring them all, or of scoring one; and the precision of scores. */
async function measure(
  task: Task,
  films: readonly LabelledFilm[],
  classes: readonly string[],
  work: string,
  scratch: string,
): Promise<{ seconds: number; precision?: string }> {
  const modelFolder = join(scratch, '0', 'best')
  const paths = films.map(({ path }) => path)
  switch (task) {
    case 'train': {
      const plan = TrainingPlan.parse({
        ...{ spec, classes, films, trainedOn: 'bench', folder: work },
        settings: { ...settings, epochs: 1, validationShare: 0 },
        // A cache of its own, so that every epoch decodes its films.
        cacheFolder: join(work, 'cache'),
      })
      const { epochs } = await engine.train(plan, job)
      return { seconds: epochs[0]!.seconds }
    }
    case 'screen':
      return engine.screen({ modelFolder, paths }, job)
    case 'screenExact':
      return engine.screen({ modelFolder, paths, precision: 'float32' }, job)
    case 'single':
      return engine.screen({ modelFolder, paths: paths.slice(0, 1) }, job)
  }
}
