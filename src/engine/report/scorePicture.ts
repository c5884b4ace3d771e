/** A film with words below it, as a grey picture. */
import type { GreyPicture } from './lettering.ts'
import { drawText, lineHeight, textWidth } from './lettering.ts'

/** Margin around the words at letters of single size, pixels. */
const MARGIN = 8

/**
 * The film in full size with a black strip below it that holds the lines; letters grow with the film, and a film
 * narrower than the words gets black at its right.
 */
export function withWords(film: GreyPicture, lines: readonly string[]): GreyPicture {
  const scale = Math.max(1, Math.round(film.columns / 1000))
  const margin = MARGIN * scale
  const widest = Math.max(...lines.map((line) => textWidth(line, scale)))
  const columns = Math.max(film.columns, widest + 2 * margin)
  const rows = film.rows + lines.length * lineHeight(scale) + 2 * margin
  const pixels = new Uint8Array(rows * columns)
  for (let row = 0; row < film.rows; row++) {
    pixels.set(film.pixels.subarray(row * film.columns, (row + 1) * film.columns), row * columns)
  }
  const picture = { rows, columns, pixels }
  lines.forEach((line, at) => {
    const y = film.rows + margin + at * lineHeight(scale)
    drawText(picture, line, { x: margin, y, scale })
  })
  return picture
}
