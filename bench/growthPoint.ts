/** One point of the growth curves, in a process of its own, so that its peak memory is its own. */
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { engineHandlers } from '../src/engine/handlers.ts'
import { recipeNamed } from '../src/engine/models/presets.ts'
import { TrainingPlan, type TrainingProgress } from '../src/shared/domain/training.ts'
import { GrowthPoint, type GrowthFigures } from './growth.ts'

/** Trains one epoch of `pneumonia-vgg-lite`, its films from the class folders in `data`, repeated as often as need be. */
export async function measurePoint(text: string, data: string): Promise<GrowthFigures> {
  const point = GrowthPoint.parse(JSON.parse(text))
  const { spec, settings } = recipeNamed('pneumonia-vgg-lite')
  const { classes, films } = await filmsOf(data, point.films)
  const folder = await mkdtemp(join(tmpdir(), 'pneumoscope-growth-'))
  const plan = TrainingPlan.parse({
    spec: { ...spec, input: { ...spec.input, height: point.size, width: point.size } },
    settings: { ...settings, epochs: 1, batchSize: point.batch, validationShare: 0 },
    ...{ classes, films, trainedOn: 'growth', folder: join(folder, 'run') },
    cacheFolder: join(folder, 'cache'),
  })
  try {
    const startedAt = performance.now()
    let preparedAt = startedAt
    const report = (progress: TrainingProgress) => {
      if (progress.kind === 'prepared') preparedAt = performance.now()
    }
    const job = { signal: new AbortController().signal, report }
    const { epochs } = await engineHandlers().train(plan, job)
    const prepareSeconds = (preparedAt - startedAt) / 1000
    // The first epoch's seconds hold the decoding, which is told apart here.
    const epochSeconds = epochs[0]!.seconds - prepareSeconds
    const peakBytes = process.resourceUsage().maxRSS * 1024
    return { ...point, prepareSeconds, epochSeconds, peakBytes }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function filmsOf(data: string, count: number) {
  const entries = await readdir(data, { withFileTypes: true })
  const classes = entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort()
  const files = await Promise.all(classes.map(async (name) => (await readdir(join(data, name))).sort())) // prettier-ignore
  const films = Array.from({ length: count }, (_, at) => {
    const label = at % classes.length
    const names = files[label]!
    const name = names[Math.floor(at / classes.length) % names.length]!
    const path = join(data, classes[label]!, name)
    return { path, label, patient: String(at), part: 'train' as const }
  })
  return { classes, films }
}
