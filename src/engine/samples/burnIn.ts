/** Letters of 5 × 7 dots for what is burned into every generated film. */
const letters: Readonly<Record<string, string>> = {
  S: '.####/#..../#..../.###./....#/....#/####.',
  Y: '#...#/#...#/.#.#./..#../..#../..#../..#..',
  N: '#...#/##..#/#.#.#/#..##/#...#/#...#/#...#',
  T: '#####/..#../..#../..#../..#../..#../..#..',
  H: '#...#/#...#/#...#/#####/#...#/#...#/#...#',
  E: '#####/#..../#..../####./#..../#..../#####',
  I: '#####/..#../..#../..#../..#../..#../#####',
  C: '.####/#..../#..../#..../#..../#..../.####',
}

const BURNED_IN = 'SYNTHETIC'

/** Writes the word white on black at the foot of a square film, the same on every film. */
export function burnIn(pixels: Uint8Array, size: number): void {
  const dot = Math.max(1, Math.floor(size / 160))
  const width = (BURNED_IN.length * 6 + 1) * dot
  const height = 9 * dot
  const left = Math.floor((size - width) / 2)
  const top = size - height - dot
  fill(pixels, size, left, top, width, height, 0)
  Array.from(BURNED_IN).forEach((letter, place) => {
    letters[letter]!.split('/').forEach((line, y) => {
      Array.from(line).forEach((mark, x) => {
        if (mark !== '#') return
        fill(pixels, size, left + (place * 6 + x + 1) * dot, top + (y + 1) * dot, dot, dot, 255)
      })
    })
  })
}

function fill(
  pixels: Uint8Array,
  size: number,
  left: number,
  top: number,
  width: number,
  height: number,
  value: number,
): void {
  for (let y = Math.max(0, top); y < Math.min(size, top + height); y++) {
    pixels.fill(value, y * size + Math.max(0, left), y * size + Math.min(size, left + width))
  }
}
