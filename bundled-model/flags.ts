/** What the envelope says of pictures by their pixels alone. */
import type { Plane } from '../src/engine/data/disturb/plane.ts'
import { toEightBits } from '../src/engine/images/eightBits.ts'
import type { Raster } from '../src/engine/images/raster.ts'
import { resizeArea } from '../src/engine/images/resizeArea.ts'
import type { LoadedModel } from '../src/engine/predict/modelCache.ts'
import { reasonsOf } from '../src/engine/predict/seenFeatures.ts'
import { OutsideCode } from '../src/shared/domain/envelope.ts'
import { spec } from './protocol.ts'

export interface FlaggedRow {
  readonly kind: string
  readonly films: number
  /** With any reason. */
  readonly flagged: number
  readonly byCode: Readonly<Partial<Record<OutsideCode, number>>>
}

export const side = spec.input.height

export const planeOf = (raster: Raster): Plane => ({
  rows: raster.rows,
  columns: raster.columns,
  pixels: toEightBits(raster, 1),
})

export const asInput = (film: Plane): Uint8Array =>
  resizeArea(film.pixels, film, { rows: side, columns: side }, 1)

export function codesOf(model: LoadedModel, picture: Plane): OutsideCode[] {
  const input = { channels: 1 as const, pixels: asInput(picture) }
  const { features } = model.network.predictWithFeatures({ count: 1, ...input })
  const [reasons = []] = reasonsOf(model, [input], features)
  return reasons.map(({ code }) => code)
}

/** Counts the codes of each picture. */
export const flaggedRow = (
  kind: string,
  codes: readonly (readonly OutsideCode[])[],
): FlaggedRow => ({
  kind,
  films: codes.length,
  flagged: codes.filter((said) => said.length > 0).length,
  byCode: Object.fromEntries(
    OutsideCode.options.map((code) => [code, codes.filter((said) => said.includes(code)).length]),
  ),
})
