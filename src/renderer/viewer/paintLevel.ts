import type { Level } from '../../shared/halved.ts'
import type { Film } from './film.ts'
import { pixelTable } from './greyTable.ts'
import { scaleOfGrey, type Grey } from './windowPresets.ts'

/** Pixels of a level from `left`, `top` up to `right`, `bottom`. */
export interface Box {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** The part of a level as opaque pixels of the screen. */
export function paintLevel(
  film: Film,
  level: Level,
  box: Box,
  grey: Grey,
  invert: boolean,
): ImageData {
  const picture = new ImageData(box.right - box.left, box.bottom - box.top)
  if (level.channels === 3) paintColour(picture, level, box, film.maximum, invert)
  else paintGreys(picture, film, level, box, grey, invert)
  return picture
}

function paintGreys(
  picture: ImageData,
  film: Film,
  level: Level,
  box: Box,
  grey: Grey,
  invert: boolean,
): void {
  const target = new Uint32Array(picture.data.buffer)
  const { samples } = level
  const { pixels, scale, offset } = pixelTable(film, scaleOfGrey(film, grey), invert)
  const last = pixels.length - 1
  for (let row = box.top, to = 0; row < box.bottom; row++) {
    const start = row * level.width + box.left
    const end = row * level.width + box.right
    if (samples instanceof Float32Array) {
      for (let from = start; from < end; from++) {
        const index = Math.round(samples[from]! * scale + offset)
        target[to++] = pixels[index < 0 ? 0 : index > last ? last : index]!
      }
    } else {
      for (let from = start; from < end; from++) target[to++] = pixels[samples[from]! + offset]!
    }
  }
}

/** Window and polarity do not apply to colour; deeper samples than 8 bits are brought down by the film's brightest. */
function paintColour(
  picture: ImageData,
  { samples, width }: Level,
  box: Box,
  maximum: number,
  invert: boolean,
): void {
  const { data } = picture
  const scale = samples instanceof Uint8Array || maximum <= 0 ? 1 : 255 / maximum
  for (let row = box.top, to = 0; row < box.bottom; row++) {
    const end = (row * width + box.right) * 3
    for (let from = (row * width + box.left) * 3; from < end; from += 3, to += 4) {
      for (let channel = 0; channel < 3; channel++) {
        const level = samples[from + channel]! * scale
        data[to + channel] = invert ? 255 - level : level
      }
      data[to + 3] = 255
    }
  }
}
