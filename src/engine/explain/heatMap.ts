/** Maps of where a class's score comes from, as plain numbers. */

/** Row by row; 0 says nothing, 1 is the map's own largest value. */
export interface HeatMap {
  readonly rows: number
  readonly columns: number
  readonly values: Float32Array
}

/**
 * Grad-CAM (Selvaraju et al. 2017): channels weighed by their mean gradient; what speaks against the class is left out.
 * `values` and `gradients` are [rows, columns, channels] of one film.
 */
export function gradCam(
  shape: readonly number[],
  values: Float32Array,
  gradients: Float32Array,
): HeatMap {
  const [rows, columns, channels] = sidesOf(shape)
  const weights = new Float64Array(channels)
  gradients.forEach((gradient, at) => (weights[at % channels]! += gradient / (rows * columns)))
  return weighed(rows, columns, channels, values, weights)
}

/**
 * Grad-CAM++ (Chattopadhay et al. 2018): each place's gradient counts by α = g² / (2g² + g³·ΣA), so that several small
 * findings weigh as much as one large.
 */
export function gradCamPlusPlus(
  shape: readonly number[],
  values: Float32Array,
  gradients: Float32Array,
): HeatMap {
  const [rows, columns, channels] = sidesOf(shape)
  const sums = new Float64Array(channels)
  values.forEach((value, at) => (sums[at % channels]! += value))
  const weights = new Float64Array(channels)
  gradients.forEach((gradient, at) => {
    if (gradient <= 0) return
    const below = 2 * gradient ** 2 + gradient ** 3 * sums[at % channels]!
    weights[at % channels]! += below > 0 ? gradient ** 3 / below : 0
  })
  return weighed(rows, columns, channels, values, weights)
}

function weighed(
  rows: number,
  columns: number,
  channels: number,
  values: Float32Array,
  weights: Float64Array,
): HeatMap {
  const map = new Float32Array(rows * columns)
  for (let place = 0; place < map.length; place++) {
    let sum = 0
    for (let channel = 0; channel < channels; channel++)
      sum += weights[channel]! * values[place * channels + channel]!
    map[place] = Math.max(0, sum)
  }
  return { rows, columns, values: map }
}

/** The largest over the colours of each pixel, without sign. */
export function overChannels(shape: readonly number[], values: Float32Array): HeatMap {
  const [rows, columns, channels] = sidesOf(shape)
  const map = new Float32Array(rows * columns)
  values.forEach((value, at) => {
    const place = Math.floor(at / channels)
    map[place] = Math.max(map[place]!, Math.abs(value))
  })
  return { rows, columns, values: map }
}

function sidesOf(shape: readonly number[]): [number, number, number] {
  const [rows = 1, columns = 1, channels = 1] = shape
  return [rows, columns, channels]
}

/** Divided by its largest value; a map of zeros stays one. */
export function normalised({ rows, columns, values }: HeatMap): HeatMap {
  const most = values.reduce((a, b) => Math.max(a, b), 0)
  return { rows, columns, values: most > 0 ? values.map((value) => value / most) : values }
}

/** At another size; bilinear with half-pixel centres. */
export function resized(
  { rows, columns, values }: HeatMap,
  to: { readonly rows: number; readonly columns: number },
): HeatMap {
  const result = new Float32Array(to.rows * to.columns)
  const axis = (place: number, from: number, size: number): [number, number, number] => {
    const at = Math.min(Math.max(((place + 0.5) * from) / size - 0.5, 0), from - 1)
    const low = Math.floor(at)
    return [low, Math.min(low + 1, from - 1), at - low]
  }
  for (let y = 0; y < to.rows; y++) {
    const [top, bottom, down] = axis(y, rows, to.rows)
    for (let x = 0; x < to.columns; x++) {
      const [left, right, along] = axis(x, columns, to.columns)
      const upper = values[top * columns + left]! * (1 - along) + values[top * columns + right]! * along // prettier-ignore
      const lower = values[bottom * columns + left]! * (1 - along) + values[bottom * columns + right]! * along // prettier-ignore
      result[y * to.columns + x] = upper * (1 - down) + lower * down
    }
  }
  return { ...to, values: result }
}
