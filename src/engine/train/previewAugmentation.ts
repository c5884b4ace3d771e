/** What augmentation makes of films, shown before a training does it; by the very graph that the training uses. */
import type { InputShape } from '../../shared/domain/modelSpec.ts'
import type { Augmentation } from '../../shared/domain/training.ts'
import { randomStream } from '../data/random.ts'
import { encodeGreyJpeg } from '../images/encodeJpeg.ts'
import { packFilms, readForNetwork } from '../predict/readForNetwork.ts'
import { createAugmenter } from './augmenter.ts'

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
    paths.map((path) => readForNetwork(path, { height, width, channels: 1, resize: 'bilinear' })),
  )
  const size = { rows: height, columns: width }
  const augmenter = createAugmenter(size)
  try {
    const random = randomStream(seed, 'augmentation preview')
    const { pixels } = await augmenter.augment(packFilms(inputs), augmentation, random)
    const length = height * width
    const jpegs = paths.map(async (_, film) => {
      const picture = pixels.slice(film * length, (film + 1) * length)
      return Uint8Array.from(await encodeGreyJpeg(picture, size, jpegQuality))
    })
    return { jpegs: await Promise.all(jpegs) }
  } finally {
    augmenter.dispose()
  }
}
