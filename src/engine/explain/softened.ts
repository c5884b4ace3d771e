/** Maps of single pixels, made readable: what lies in one place belongs together. */
import { gaussianBlur } from '../images/gaussianBlur.ts'
import type { HeatMap } from './heatMap.ts'

/** A Gaussian blur; `share` is its deviation as a share of the shorter side. The map goes on at its edges with their values. */
export function softened(map: HeatMap, share: number): HeatMap {
  const deviation = share * Math.min(map.rows, map.columns)
  return { ...map, values: gaussianBlur(map.values, map, deviation) }
}
