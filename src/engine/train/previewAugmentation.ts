/** What augmentation makes of films, shown before a training does it; by the very graph that the training uses. */
import type { InputShape } from '../../shared/domain/modelSpec.ts'
import type { Augmentation } from '../../shared/domain/training.ts'
import { drawAugmentation } from '../data/augment.ts'
import { below, randomStream } from '../data/random.ts'
import { augment, type Prepared } from '../graph/augmentRun.ts'
import { lowerAugmentation } from '../graph/augment.ts'
import { GraphBuilder } from '../graph/graphBuilder.ts'
import { Session } from '../graph/session.ts'
import { encodeGreyJpeg } from '../images/encodeJpeg.ts'
import { packFilms, readForNetwork } from '../predict/readForNetwork.ts'

export interface PreviewOrder {
  readonly paths: readonly string[]
  /** The network's; films are shown as it sees them, in grey. */
  readonly input: InputShape
  readonly augmentation: Augmentation
  /** Each seed is another draw. */
  readonly seed: number
}

const jpegQuality = 90

/** A JPEG for each film, in order. Throws as `readRaster` for a film that cannot be read. */
export async function previewAugmentation({
  paths,
  input: { height, width },
  augmentation,
  seed,
}: PreviewOrder): Promise<{ jpegs: Uint8Array<ArrayBuffer>[] }> {
  const inputs = await Promise.all(
    paths.map((path) => readForNetwork(path, { height, width, channels: 1 })),
  )
  const films = packFilms(inputs)
  const size = { rows: height, columns: width }
  const random = randomStream(seed, 'augmentation preview')
  const changes = drawAugmentation(augmentation, films.count, size, random)
  const graph = new GraphBuilder()
  lowerAugmentation(graph, height, width)
  const session = new Session(graph.savedModel())
  try {
    const draw = { shape: [2], values: Int32Array.of(below(random, 2 ** 31 - 1), 0) }
    const pixels = bytesOf(augment(session, films, { height, width, channels: 1 }, changes, draw))
    const length = height * width
    const jpegs = paths.map(async (_, film) => {
      const picture = pixels.slice(film * length, (film + 1) * length)
      return Uint8Array.from(await encodeGreyJpeg(picture, size, jpegQuality))
    })
    return { jpegs: await Promise.all(jpegs) }
  } finally {
    session.dispose()
  }
}

function bytesOf({ kind, tensor }: Prepared): Uint8Array {
  if (kind === 'films') return Uint8Array.from(tensor.values)
  try {
    return Uint8Array.from(new Uint8ClampedArray(tensor.floats()))
  } finally {
    tensor.release()
  }
}
