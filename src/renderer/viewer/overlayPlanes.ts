/** Drawings that a film's file brings along, as pictures to lay over it. */
import type { OverlayPlace } from '../../shared/domain/filmPixels.ts'
import type { Film } from './film.ts'
import type { Matrix } from './view.ts'

/** No grey of a film, and none of the colours of what a reader draws. */
const COLOUR = [0x6f, 0xe3, 0xd2] as const
/** A picture of more pixels is drawn smaller; a canvas of 64 million would take 256 MB. */
const MAX_PIXELS = 16_000_000

interface OverlayPlane {
  readonly place: OverlayPlace
  /** Film pixels across that one pixel of `drawn` stands for; a power of two. */
  readonly side: number
  readonly width: number
  readonly height: number
  /** 1 where anything is drawn: lines of one pixel stay when the film is seen small. */
  readonly drawn: Uint8Array
}

/** Of a film of which one pixel covers `scale` pixels of the screen. */
export function overlayPlanes(film: Film, scale: number): OverlayPlane[] {
  return (film.description.overlays ?? []).map((place, at) => {
    let side = 1
    while (scale * side * 2 <= 1 || (place.rows * place.columns) / side ** 2 > MAX_PIXELS) side *= 2
    return pooled(place, film.overlayBits[at]!, side)
  })
}

function pooled(place: OverlayPlace, bits: Uint8Array, side: number): OverlayPlane {
  const [width, height] = [Math.ceil(place.columns / side), Math.ceil(place.rows / side)]
  const drawn = new Uint8Array(width * height)
  bits.forEach((byte, at) => {
    if (byte === 0) return
    for (let bit = 0; bit < 8; bit++) {
      if (((byte >> bit) & 1) === 0) continue
      const pixel = at * 8 + bit
      const [row, column] = [Math.floor(pixel / place.columns), pixel % place.columns]
      drawn[Math.floor(row / side) * width + Math.floor(column / side)] = 1
    }
  })
  return { place, side, width, height, drawn }
}

/** Draws a plane into a canvas of its own size, on nothing. */
export function paintPlane(canvas: HTMLCanvasElement, plane: OverlayPlane): void {
  canvas.width = plane.width
  canvas.height = plane.height
  const picture = new ImageData(plane.width, plane.height)
  plane.drawn.forEach((isDrawn, at) => {
    if (isDrawn === 1) picture.data.set([...COLOUR, 255], 4 * at)
  })
  canvas.getContext('2d')!.putImageData(picture, 0, 0)
}

/** From pixels of the plane to where the film's own matrix leads. */
export function planeMatrix(
  { a, b, c, d, e, f }: Matrix,
  { place: { top, left }, side }: Pick<OverlayPlane, 'place' | 'side'>,
): Matrix {
  return {
    ...{ a: a * side, b: b * side, c: c * side, d: d * side },
    ...{ e: a * left + c * top + e, f: b * left + d * top + f },
  }
}
