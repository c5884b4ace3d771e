/** A heat map as the window holds and draws it. */
import type { ExplanationMethod } from '../../../../shared/domain/explanation.ts'
import { AppError } from '../../../../shared/errors.ts'
import { colourOf, type Palette } from '../../../../shared/heatColours.ts'
import { mapUrl } from '../../../api.ts'
import type { Film } from '../../../viewer/film.ts'
import type { Matrix } from '../../../viewer/view.ts'

export interface FilmMap {
  readonly imageId: string
  readonly method: ExplanationMethod
  readonly layer: string | undefined
  /** Index of the class that is explained. */
  readonly target: number
  readonly rows: number
  readonly columns: number
  /** Row by row; 255 is the map's own largest value. */
  readonly values: Uint8Array
}

export const methodNames: Readonly<Record<ExplanationMethod, string>> = {
  'grad-cam': 'Grad-CAM',
  'grad-cam++': 'Grad-CAM++',
  'integrated-gradients': 'Integrated gradients',
  smoothgrad: 'SmoothGrad',
  occlusion: 'Occlusion',
}

/** Fetches a map's values from main. Throws AppError with the reason that main gives. */
export async function loadMapValues(mapId: string, length: number): Promise<Uint8Array> {
  const response = await fetch(mapUrl(mapId))
  if (!response.ok) throw new AppError('NOT_FOUND', await response.text())
  const values = new Uint8Array(await response.arrayBuffer())
  if (values.length === length) return values
  throw new AppError('DAMAGED', 'The heat map came without all its values; show it again')
}

/** Colours of a map, RGBA: the less it says, the less it covers. */
export function mapColours(
  { values }: Pick<FilmMap, 'values'>,
  palette: Palette,
): Uint8ClampedArray {
  const colours = Array.from({ length: 256 }, (_, value) => colourOf(palette, value / 255))
  const pixels = new Uint8ClampedArray(4 * values.length)
  values.forEach((value, at) => pixels.set([...colours[value]!, value], 4 * at))
  return pixels
}

/** Draws a map into a canvas of its own size. */
export function paintMap(canvas: HTMLCanvasElement, map: FilmMap, palette: Palette): void {
  canvas.width = map.columns
  canvas.height = map.rows
  const picture = new ImageData(map.columns, map.rows)
  picture.data.set(mapColours(map, palette))
  canvas.getContext('2d')!.putImageData(picture, 0, 0)
}

/** From pixels of the map, which covers the whole film, to where the film's own matrix leads. */
export function mapMatrix(
  { a, b, c, d, e, f }: Matrix,
  film: Pick<Film, 'width' | 'height'>,
  { rows, columns }: Pick<FilmMap, 'rows' | 'columns'>,
): Matrix {
  const [across, down] = [film.width / columns, film.height / rows]
  return { a: a * across, b: b * across, c: c * down, d: d * down, e, f }
}
