/** A film as the viewer holds it. */
import type { FilmDescription } from '../../shared/domain/filmPixels.ts'
import type { Samples } from '../../shared/filmEnvelope.ts'
import type { Size } from './view.ts'

export interface Film extends Size {
  /** As stored, row by row from the top left; red, green and blue side by side in colour. */
  readonly samples: Samples
  /** How often the samples are halved; 0 once all of them are here. */
  readonly halvings: number
  /** Height of a pixel by its width. */
  readonly aspect: number
  /** Smallest and largest real value: slope × sample + intercept. */
  readonly minimum: number
  readonly maximum: number
  /** Low real values are bright. */
  readonly inverted: boolean
  readonly description: FilmDescription
  /** Of each drawing that the file brings along; one bit a pixel, the lowest bit of a byte first. */
  readonly overlayBits: readonly Uint8Array[]
}

export function filmOf(
  description: FilmDescription,
  samples: Samples,
  overlayBits: readonly Uint8Array[] = [],
): Film {
  const { columns, rows, minimum, maximum, inverted, aspect, pixelSpacing } = description
  const square = pixelSpacing ? pixelSpacing.row / pixelSpacing.column : 1
  return {
    ...{ samples, overlayBits, halvings: description.halvings ?? 0 },
    ...{ width: columns, height: rows, aspect: aspect ?? square },
    ...{ minimum, maximum, inverted, description },
  }
}

/** The film with black and white exchanged, for one whose file tells them wrong. */
export const turnedOver = (film: Film): Film => ({ ...film, inverted: !film.inverted })

export const isColour = ({ description }: Film): boolean => description.samplesPerPixel === 3

export const range = ({ minimum, maximum }: Film): number => maximum - minimum

/** The real value of a pixel; undefined in colour, in padding, outside the film and until all pixels are here. */
export function valueAt(film: Film, column: number, row: number): number | undefined {
  const inside = column >= 0 && row >= 0 && column < film.width && row < film.height
  if (!inside || isColour(film) || film.halvings > 0) return undefined
  const sample = film.samples[row * film.width + column]!
  const { slope, intercept, padding } = film.description
  if (padding && sample >= padding.from && sample <= padding.to) return undefined
  return slope * sample + intercept
}

/** The smallest step between two real values that a window may tell apart. */
export function finestWidth(film: Film): number {
  const { sampleType, slope } = film.description
  const step = sampleType === 'float32' ? range(film) / 65_536 : Math.abs(slope)
  return step > 0 ? Math.min(1, step) : 1
}
