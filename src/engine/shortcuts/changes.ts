/** Films changed where no disease is: a model that decides by findings decides as before. */
import type { ShortcutChange } from '../../shared/domain/shortcut.ts'
import type { Plane } from '../data/disturb/plane.ts'
import { savedAgain } from '../data/disturb/sharpness.ts'
import { hideMarks } from './hideMarks.ts'

/** Of each side. */
const [BORDER, CORNER] = [1 / 12, 1 / 5]
const JPEG_QUALITY = 50

type Change = (film: Plane) => Plane | Promise<Plane>

/** On a film as it is stored, before it is reduced to the network's input. */
export const shortcutChanges: Readonly<Record<ShortcutChange, Change>> = {
  'blank-borders': (film) => blanked(film, (y, x) => y < BORDER || x < BORDER),
  'blank-corners': (film) => blanked(film, (y, x) => y < CORNER && x < CORNER),
  'hidden-marks': hideMarks,
  're-encoded': (film) => savedAgain(film, JPEG_QUALITY),
  mirrored,
}

/** Black where `isBlank` says so, which is told how far the nearest edges are, as shares of the sides. */
function blanked(film: Plane, isBlank: (y: number, x: number) => boolean): Plane {
  const { rows, columns } = film
  const fromEdge = (at: number, side: number) => Math.min(at, side - 1 - at) / side
  const pixels = film.pixels.map((value, place) => {
    const [y, x] = [Math.floor(place / columns), place % columns]
    return isBlank(fromEdge(y, rows), fromEdge(x, columns)) ? 0 : value
  })
  return { ...film, pixels }
}

function mirrored({ rows, columns, pixels }: Plane): Plane {
  const turned = new Uint8Array(pixels.length)
  for (let row = 0; row < rows; row++)
    turned.set(pixels.slice(row * columns, (row + 1) * columns).reverse(), row * columns)
  return { rows, columns, pixels: turned }
}
