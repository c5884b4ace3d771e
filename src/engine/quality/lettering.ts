/** Whether letters may be burned into a film: small signs of one height that stand out, side by side on a line. */
import type { GreyPlane } from './plane.ts'

/** Pixels; smaller signs are noise, larger ones anatomy. */
const [LEAST_HEIGHT, MOST_HEIGHT] = [5, 48]
/** Letters are at the end of the greys, and this much (of 255) away from what is around them. */
const [INK, CONTRAST] = [205, 70]
/** Shares of a sign's rectangle that its strokes take. */
const [LEAST_FILL, MOST_FILL] = [0.15, 0.9]
/** In heights: how wide a sign may be, and how far the next one on its line. */
const [MOST_WIDTH, MOST_GAP] = [1.6, 1.3]

interface Sign {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
  readonly pixels: number
}

/** Signs in the longest line of writing, white on dark or black on bright. */
export function lettersIn(plane: GreyPlane): number {
  const negative = { ...plane, pixels: plane.pixels.map((grey) => 255 - grey) }
  return Math.max(...[plane, negative].map((side) => longestLine(signsIn(side))))
}

function signsIn(plane: GreyPlane): Sign[] {
  const { pixels, rows, columns } = plane
  const isSeen = new Uint8Array(pixels.length)
  const signs: Sign[] = []
  const stack: number[] = []
  for (let start = 0; start < pixels.length; start++) {
    if (isSeen[start] || pixels[start]! < INK) continue
    let [left, right, top, bottom, count] = [columns, 0, rows, 0, 0]
    isSeen[start] = 1
    stack.push(start)
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      const [row, column] = [Math.floor(at / columns), at % columns]
      count++
      if (column < left) left = column
      if (column > right) right = column
      if (row < top) top = row
      if (row > bottom) bottom = row
      for (let y = Math.max(0, row - 1); y <= Math.min(rows - 1, row + 1); y++)
        for (let x = Math.max(0, column - 1); x <= Math.min(columns - 1, column + 1); x++) {
          const next = y * columns + x
          if (isSeen[next] || pixels[next]! < INK) continue
          isSeen[next] = 1
          stack.push(next)
        }
    }
    const sign = { left, right: right + 1, top, bottom: bottom + 1, pixels: count }
    if (isSign(sign) && standsOut(plane, sign)) signs.push(sign)
  }
  return signs
}

const heightOf = ({ top, bottom }: Sign) => bottom - top

function isSign(sign: Sign): boolean {
  const [height, width] = [heightOf(sign), sign.right - sign.left]
  const fill = sign.pixels / (height * width)
  const isSmall = height >= LEAST_HEIGHT && height <= MOST_HEIGHT && width <= MOST_WIDTH * height
  // An I or a 1 fills its narrow rectangle.
  return isSmall && fill >= LEAST_FILL && (fill <= MOST_FILL || width <= height / 2)
}

/** Its edge is steep: what lies just around it is much darker. */
function standsOut({ pixels, rows, columns }: GreyPlane, sign: Sign): boolean {
  let [sum, count] = [0, 0]
  const add = (y: number, x: number) => {
    if (y < 0 || x < 0 || y >= rows || x >= columns) return
    sum += pixels[y * columns + x]!
    count++
  }
  for (let x = sign.left - 1; x <= sign.right; x++) {
    add(sign.top - 1, x)
    add(sign.bottom, x)
  }
  for (let y = sign.top; y < sign.bottom; y++) {
    add(y, sign.left - 1)
    add(y, sign.right)
  }
  return count > 0 && sum / count <= INK - CONTRAST
}

/** The most signs of like height, one after the other on one line. */
function longestLine(signs: readonly Sign[]): number {
  const inOrder = [...signs].sort((a, b) => a.left - b.left)
  const lengths: number[] = []
  for (const [at, sign] of inOrder.entries()) {
    let longest = 0
    for (let before = at - 1; before >= 0; before--) {
      const other = inOrder[before]!
      if (sign.left - other.right > MOST_GAP * MOST_HEIGHT) continue
      if (follows(other, sign)) longest = Math.max(longest, lengths[before]!)
    }
    lengths.push(longest + 1)
  }
  return Math.max(0, ...lengths)
}

function follows(sign: Sign, next: Sign): boolean {
  const [a, b] = [heightOf(sign), heightOf(next)]
  const height = Math.max(a, b)
  const isLevel = Math.abs(sign.bottom - next.bottom) <= height / 3
  const isNext = next.left >= sign.right - 1 && next.left - sign.right <= MOST_GAP * height
  return isLevel && isNext && Math.min(a, b) >= 0.6 * height
}
