/** Films as a network takes them, straight from their files. */
import type { ModelManifest } from '../../shared/domain/model.ts'
import type { InputShape } from '../../shared/domain/modelSpec.ts'
import type { Preprocessing } from '../../shared/domain/preprocessing.ts'
import { AppError, toAppError } from '../../shared/errors.ts'
import type { FilmBatch } from '../graph/network.ts'
import { filmInput, type FilmInput } from '../images/filmInput.ts'
import { readRaster, type Reading } from '../images/readRaster.ts'

/** What a network takes, and how a film is brought to it. */
export type NetworkInput = InputShape & Pick<Preprocessing, 'resize' | 'window'>

export const networkInput = ({
  spec,
  preprocessing: { resize, window },
}: Pick<ModelManifest, 'spec' | 'preprocessing'>): NetworkInput => ({
  ...spec.input,
  ...{ resize, window },
})

/** Decodes a film at the input's size; grey stays grey. The rest as in `readRaster`, which says what is thrown. */
export async function readForNetwork(
  path: string,
  { height, width, channels, resize, window }: NetworkInput,
  reading: Pick<Reading, 'onDecoding' | 'turned'> = {},
): Promise<FilmInput> {
  const raster = await readRaster(path, { ...reading, window })
  try {
    return filmInput(raster, { rows: height, columns: width, channels, resize })
  } catch (cause) {
    const { code, message } = toAppError(cause)
    throw new AppError(code, `${path}: ${message}`, { cause })
  }
}

/** Films of one size as a batch; among colour films the grey ones are repeated in three channels. */
export function packFilms(films: readonly FilmInput[]): FilmBatch {
  const channels = films.some((film) => film.channels === 3) ? 3 : 1
  const samples = films.map((film) => (film.channels === channels ? film.pixels : tripled(film)))
  const pixels = new Uint8Array(samples.reduce((sum, { length }) => sum + length, 0))
  let offset = 0
  for (const film of samples) {
    pixels.set(film, offset)
    offset += film.length
  }
  return { count: films.length, channels, pixels }
}

function tripled({ pixels }: FilmInput): Uint8Array {
  const colour = new Uint8Array(3 * pixels.length)
  for (let at = 0; at < colour.length; at++) colour[at] = pixels[Math.floor(at / 3)]!
  return colour
}
