/** Films that are only mirrored, or left alone, need no arithmetic: their bytes are moved. */

export interface FilmSize {
  readonly height: number
  readonly width: number
  readonly channels: number
}

interface Mirroring {
  readonly horizontal: boolean
  readonly vertical: boolean
}

/**
 * The films mirrored as `transforms` ([films, 8], see AugmentedBatch) ask, or undefined when one of them asks for more.
 * The same bytes come back when none is changed.
 */
export function mirrored(
  pixels: Uint8Array,
  transforms: Float32Array,
  size: FilmSize,
): Uint8Array | undefined {
  const films = transforms.length / 8
  const asked: Mirroring[] = []
  for (let film = 0; film < films; film++) {
    const mirroring = mirroringOf(transforms.subarray(film * 8, film * 8 + 8), size)
    if (mirroring === undefined) return undefined
    asked.push(mirroring)
  }
  if (asked.every(({ horizontal, vertical }) => !horizontal && !vertical)) return pixels
  const moved = Uint8Array.from(pixels)
  const length = size.height * size.width * size.channels
  for (const [film, mirroring] of asked.entries()) {
    const from = film * length
    if (mirroring.vertical) mirrorRows(moved, pixels, from, size)
    if (mirroring.horizontal) mirrorColumns(moved, from, size)
  }
  return moved
}

/** x' = x or width − 1 − x, y' = y or height − 1 − y, and nothing else. */
function mirroringOf(row: Float32Array, { height, width }: FilmSize): Mirroring | undefined {
  const [a0, a1, a2, b0, b1, b2, c0, c1] = row
  if (a1 !== 0 || b0 !== 0 || c0 !== 0 || c1 !== 0) return undefined
  const horizontal = a0 === -1 && a2 === width - 1
  const vertical = b1 === -1 && b2 === height - 1
  const isStill = (scale: number | undefined, offset: number | undefined) =>
    scale === 1 && offset === 0
  if (!(horizontal || isStill(a0, a2)) || !(vertical || isStill(b1, b2))) return undefined
  return { horizontal, vertical }
}

function mirrorRows(
  into: Uint8Array,
  pixels: Uint8Array,
  from: number,
  { height, width, channels }: FilmSize,
): void {
  const length = width * channels
  for (let row = 0; row < height; row++) {
    const source = from + (height - 1 - row) * length
    into.set(pixels.subarray(source, source + length), from + row * length)
  }
}

function mirrorColumns(
  pixels: Uint8Array,
  from: number,
  { height, width, channels }: FilmSize,
): void {
  const length = width * channels
  for (let row = 0; row < height; row++) {
    const line = pixels.subarray(from + row * length, from + (row + 1) * length)
    if (channels === 1) {
      line.reverse()
      continue
    }
    const copy = Uint8Array.from(line)
    for (let x = 0; x < width; x++) {
      const source = (width - 1 - x) * channels
      line.set(copy.subarray(source, source + channels), x * channels)
    }
  }
}
