/** What becomes of scores when a film is copied, scaled, windowed, turned or written on. */
import { transformOf, unmoved } from '../src/engine/data/augment.ts'
import { marked } from '../src/engine/data/disturb/markings.ts'
import type { Plane } from '../src/engine/data/disturb/plane.ts'
import { savedAgain } from '../src/engine/data/disturb/sharpness.ts'
import { randomStream } from '../src/engine/data/random.ts'
import { shuffled } from '../src/engine/data/shuffle.ts'
import { rocAuc } from '../src/engine/evaluate/auc.ts'
import { augmentNames, lowerAugmentation } from '../src/engine/graph/augment.ts'
import { GraphBuilder } from '../src/engine/graph/graphBuilder.ts'
import { Session } from '../src/engine/graph/session.ts'
import { dicomFile, imageElements } from '../src/engine/images/dicom/testing/writeDicom.ts'
import { decodeRaster, readRaster } from '../src/engine/images/readRaster.ts'
import { resizeBilinear } from '../src/engine/images/resize.ts'
import { resizeArea } from '../src/engine/images/resizeArea.ts'
import { loadModel } from '../src/engine/predict/loadModel.ts'
import { asInput, planeOf, side } from './pictures.ts'
import type { Run } from './protocol.ts'
import { filmsOfFold, runName, type Work } from './runs.ts'

type Change = (film: Plane) => Plane | Promise<Plane>

const toned = (film: Plane, tone: (value: number) => number): Plane => ({
  ...film,
  pixels: film.pixels.map((value) => Math.min(255, Math.max(0, Math.round(tone(value))))),
})
const resized = (film: Plane, longest: number, how: typeof resizeArea): Plane => {
  const scale = longest / Math.max(film.rows, film.columns)
  const to = { rows: Math.round(film.rows * scale), columns: Math.round(film.columns * scale) }
  return { ...to, pixels: how(film.pixels, film, to, 1) }
}
const bordered = (film: Plane, value: number): Plane => {
  const { rows, columns } = film
  const isEdge = (at: number) => {
    const [row, column] = [Math.floor(at / columns), at % columns]
    return row === 0 || column === 0 || row === rows - 1 || column === columns - 1
  }
  return { ...film, pixels: film.pixels.map((old, at) => (isEdge(at) ? value : old)) }
}

/** Written with black for the highest value and a window of all values, and read again as any DICOM film. */
async function throughMonochrome1({ rows, columns, pixels }: Plane): Promise<Plane> {
  const explicitLittleEndian = '1.2.840.10008.1.2.1'
  const elements = imageElements(
    {
      ...{ rows, columns, photometric: 'MONOCHROME1' },
      more: [
        [0x0028_1050, 'DS', '128'],
        [0x0028_1051, 'DS', '256'],
      ],
    },
    [0x7fe0_0010, 'OW', pixels.map((value) => 255 - value)],
  )
  return planeOf(await decodeRaster(dicomFile(explicitLittleEndian, elements)))
}

/** On the film as it is stored, before it is reduced to the network's input. */
const changes: readonly (readonly [string, Change])[] = [
  ['as it is', (film) => film],
  ['JPEG, quality 70', (film) => savedAgain(film, 70)],
  ['JPEG, quality 30', (film) => savedAgain(film, 30)],
  ['first to 512 pixels, by area', (film) => resized(film, 512, resizeArea)],
  ['first to 512 pixels, by points', (film) => resized(film, 512, resizeBilinear)],
  ['window 10 % narrower', (film) => toned(film, (value) => (value - 127.5) / 0.9 + 127.5)],
  ['window 10 % wider', (film) => toned(film, (value) => (value - 127.5) * 0.9 + 127.5)],
  ['10 % darker', (film) => toned(film, (value) => value - 25)],
  ['10 % lighter', (film) => toned(film, (value) => value + 25)],
  ['marks and blanked corners', (film) => marked(film, randomStream(9, 'robustness'))],
  ['white border of 1 pixel', (film) => bordered(film, 255)],
  ['black border of 1 pixel', (film) => bordered(film, 0)],
  ['as MONOCHROME1 in DICOM', throughMonochrome1],
]
const turns = [-5, 5] as const

export interface RobustnessRow {
  readonly change: string
  readonly films: number
  readonly auc: number
  /** Films called otherwise than unchanged, at the model's threshold. */
  readonly flips: number
  readonly meanShift: number
}

/** On `count` films of the run's watched fold, drawn by chance. */
export async function robustness(
  work: Work,
  run: Run,
  modelFolder: string,
  count: number,
): Promise<RobustnessRow[]> {
  const watched = filmsOfFold(work.films, run.fold).filter(({ part }) => part === 'validation')
  const films = shuffled(watched, randomStream(1, `robustness/${runName(run)}`)).slice(0, count)
  const { network, manifest } = await loadModel(modelFolder)
  const turner = createTurner()
  const scores = new Map<string, number[]>()
  const keep = (change: string, pixels: Uint8Array) => {
    const [score] = network.predict({ count: 1, channels: 1, pixels })
    scores.set(change, [...(scores.get(change) ?? []), score!])
  }
  try {
    for (const { path } of films) {
      const film = planeOf(await readRaster(path))
      for (const [name, change] of changes) keep(name, asInput(await change(film)))
      for (const angle of turns) keep(`turned by ${angle}°`, turner.turn(asInput(film), angle))
    }
  } finally {
    turner.dispose()
    network.dispose()
  }
  const labels = films.map(({ label }) => label)
  const before = scores.get('as it is')!
  return [...scores].map(([change, values]) => ({
    change,
    films: films.length,
    auc: rocAuc(values, labels)?.auc ?? NaN,
    flips: values.filter(
      (value, at) => value >= manifest.threshold !== before[at]! >= manifest.threshold,
    ).length,
    meanShift: values.reduce((sum, value, at) => sum + Math.abs(value - before[at]!), 0) / values.length, // prettier-ignore
  }))
}

function createTurner() {
  const graph = new GraphBuilder()
  lowerAugmentation(graph, side, side)
  const session = new Session(graph.savedModel())
  const size = { rows: side, columns: side }
  return {
    dispose: () => session.dispose(),
    turn: (pixels: Uint8Array, degrees: number): Uint8Array => {
      const transforms = transformOf({ ...unmoved, rotation: (degrees * Math.PI) / 180 }, size)
      const feeds = new Map([
        [augmentNames.films, { shape: [1, side, side, 1], values: pixels }],
        [augmentNames.transforms, { shape: [1, 8], values: transforms }],
      ])
      const [turned] = session.read(feeds, [augmentNames.moved('constant')])
      return Uint8Array.from(turned!, (value) => Math.round(value))
    },
  }
}
