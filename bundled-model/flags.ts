/** What the envelope says of pictures by their pixels alone. */
import type { Plane } from '../src/engine/data/disturb/plane.ts'
import type { LoadedModel } from '../src/engine/predict/modelCache.ts'
import { reasonsOf } from '../src/engine/predict/seenFeatures.ts'
import { OutsideCode } from '../src/shared/domain/envelope.ts'
import { asInput } from './pictures.ts'

export interface FlaggedRow {
  readonly kind: string
  readonly films: number
  /** With any reason. */
  readonly flagged: number
  readonly byCode: Readonly<Partial<Record<OutsideCode, number>>>
}

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
