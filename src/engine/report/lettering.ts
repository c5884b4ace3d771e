/** Words on grey pictures, without a browser. */
import { glyphCoverage, glyphHeight, glyphWidths } from './glyphs.ts'

export interface GreyPicture {
  readonly rows: number
  readonly columns: number
  /** [rows, columns], 0–255. */
  readonly pixels: Uint8Array
}

/** Height of a line of text, pixels. */
export const lineHeight = (scale: number): number => glyphHeight * scale

const coverage = Buffer.from(glyphCoverage, 'base64')
const starts = glyphWidths.reduce<number[]>(
  (found, width) => [...found, (found.at(-1) ?? 0) + width * glyphHeight],
  [0],
)

/** Columns that a line takes. */
export const textWidth = (text: string, scale: number): number =>
  scale * lettersOf(text).reduce((sum, letter) => sum + glyphWidths[letter]!, 0)

/** Draws light letters from the upper left corner on; what leaves the picture is cut off. */
export function drawText(
  { rows, columns, pixels }: GreyPicture,
  text: string,
  { x, y, scale }: { readonly x: number; readonly y: number; readonly scale: number },
): void {
  let left = x
  for (const letter of lettersOf(text)) {
    const width = glyphWidths[letter]!
    for (let row = 0; row < glyphHeight * scale; row++) {
      for (let column = 0; column < width * scale; column++) {
        const [to, line] = [left + column, y + row]
        if (to < 0 || to >= columns || line < 0 || line >= rows) continue
        const share = covered(letter, Math.floor(row / scale), Math.floor(column / scale))
        const place = line * columns + to
        pixels[place] = Math.round(pixels[place]! + share * (255 - pixels[place]!))
      }
    }
    left += width * scale
  }
}

/** 0–1. */
function covered(letter: number, row: number, column: number): number {
  const at = starts[letter]! + row * glyphWidths[letter]! + column
  const pair = coverage[at >> 1]!
  return (at % 2 === 0 ? pair >> 4 : pair & 15) / 15
}

/** Places in the alphabet; accents are left out, and what is in no way Latin becomes a question mark. */
function lettersOf(text: string): number[] {
  const plain = text
    .replace(/[·–—]/g, '-')
    .normalize('NFKD')
    .replace(/\p{Diacritic}/gu, '')
  return Array.from(plain, (letter) => {
    const place = (letter.codePointAt(0) ?? 0) - 32
    return place >= 0 && place < glyphWidths.length ? place : '?'.charCodeAt(0) - 32
  })
}
