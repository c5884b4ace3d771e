/** What the envelope says of pictures that are no frontal chest films at all. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { glyphColumns, glyphRows, isSet } from '../src/engine/data/disturb/glyphs.ts'
import type { Plane } from '../src/engine/data/disturb/plane.ts'
import { below, randomStream, uniform, type Random } from '../src/engine/data/random.ts'
import { shuffled } from '../src/engine/data/shuffle.ts'
import { negative } from '../src/engine/envelope/strangers.ts'
import { readIdxFile } from '../src/engine/images/idxFile.ts'
import { readRaster } from '../src/engine/images/readRaster.ts'
import { walk } from '../src/engine/data/walk.ts'
import { loadModel } from '../src/engine/predict/loadModel.ts'
import type { OutsideCode } from '../src/shared/domain/envelope.ts'
import { codesOf, flaggedRow, type FlaggedRow } from './flags.ts'
import { planeOf } from './pictures.ts'

const size = { rows: 512, columns: 512 }
const drawnOfEach = 60
const digits = 120

/** A picture of `size` whose grey at a place, both from 0 to 1, is that of `greyAt`. */
const drawn = (greyAt: (down: number, right: number) => number): Plane => ({
  ...size,
  pixels: Uint8Array.from({ length: size.rows * size.columns }, (_, at) =>
    greyAt(Math.floor(at / size.columns) / size.rows, (at % size.columns) / size.columns),
  ),
})

const generators: readonly (readonly [string, (random: Random) => Plane])[] = [
  ['noise', (random) => drawn(() => below(random, 256))],
  ['ramps of grey', ramp],
  ['gratings', grating],
  ['discs', discs],
  ['pages of letters', page],
]

function ramp(random: Random): Plane {
  const angle = uniform(random, 0, 2 * Math.PI)
  const [down, right] = [Math.sin(angle), Math.cos(angle)]
  return drawn((y, x) => 128 + 127 * ((y - 0.5) * down + (x - 0.5) * right))
}

function grating(random: Random): Plane {
  const angle = uniform(random, 0, Math.PI)
  const waves = 2 * Math.PI * uniform(random, 1, 30)
  const [down, right] = [Math.sin(angle) * waves, Math.cos(angle) * waves]
  return drawn((y, x) => 128 + 120 * Math.sin(y * down + x * right))
}

function discs(random: Random): Plane {
  const all = Array.from({ length: 2 + below(random, 12) }, () => ({
    ...{ y: random.next(), x: random.next() },
    radius: uniform(random, 0.03, 0.35),
    grey: below(random, 256),
  }))
  const ground = below(random, 256)
  return drawn(
    (down, right) =>
      all.find(({ y, x, radius }) => Math.hypot(down - y, right - x) < radius)?.grey ?? ground,
  )
}

/** Dark letters in lines on a light page. */
function page(random: Random): Plane {
  const letters = 'ADKLPRV0123456789'
  const dot = uniform(random, 0.004, 0.01)
  const [lineHeight, letterWidth] = [dot * (glyphRows + 4), dot * (glyphColumns + 1)]
  const written = new Map<string, string>()
  return drawn((down, right) => {
    const [line, place] = [Math.floor(down / lineHeight), Math.floor(right / letterWidth)]
    const key = `${line} ${place}`
    const letter = written.get(key) ?? letters.charAt(below(random, letters.length))
    written.set(key, letter)
    const row = Math.floor((down - line * lineHeight) / dot)
    const column = Math.floor((right - place * letterWidth) / dot)
    return row < glyphRows && column < glyphColumns && isSet(letter, row, column) ? 30 : 230
  })
}

/** Pictures by kind; those of `shared` only where it has them. */
async function* pictures(shared: string): AsyncGenerator<readonly [kind: string, picture: Plane]> {
  for (const [kind, generate] of generators) {
    const random = randomStream(1, `outsiders/${kind}`)
    for (let at = 0; at < drawnOfEach; at++) yield [kind, generate(random)]
  }
  const mnist = join(shared, 'mnist', 't10k-images-idx3-ubyte.gz')
  if (existsSync(mnist)) {
    const { shape, values } = await readIdxFile(mnist)
    const [count, rows, columns] = shape as [number, number, number]
    const places = shuffled([...Array(count).keys()], randomStream(1, 'outsiders/digits'))
    for (const place of places.slice(0, digits)) {
      const pixels = values.slice(place * rows * columns, (place + 1) * rows * columns)
      yield ['handwritten digits', { rows, columns, pixels }]
    }
  }
  const dicom = join(shared, 'dicom')
  const quiet = { signal: new AbortController().signal, seen: () => undefined }
  const files = existsSync(dicom) ? (await walk([dicom], quiet)).files : []
  for (const path of files) {
    const isChest = path.includes('/chest/')
    // Some are broken on purpose, some are no images.
    const raster = await readRaster(path).catch(() => undefined)
    if (!raster) continue
    const film = planeOf(raster)
    if (!isChest) yield ['other DICOM images', film]
    else {
      yield ['chest radiographs of other makers', film]
      yield ['their negatives', negative(film)]
    }
  }
}

/** By pixels alone: what a DICOM file says of itself is not heard. `shared` holds `mnist` and `dicom`. */
export async function outsiders(modelFolder: string, shared: string): Promise<FlaggedRow[]> {
  const model = await loadModel(modelFolder)
  const codes = new Map<string, OutsideCode[][]>()
  try {
    for await (const [kind, picture] of pictures(shared))
      codes.set(kind, [...(codes.get(kind) ?? []), codesOf(model, picture)])
  } finally {
    model.network.dispose()
  }
  return [...codes].map(([kind, ofPictures]) => flaggedRow(kind, ofPictures))
}
