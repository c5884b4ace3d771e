/** What is said of a map's tests. */
import type { MapTrust } from '../domain/explanation.ts'

export interface TrustRow {
  readonly name: string
  readonly figure: string
  readonly holds: boolean
  /** What was done and what is wanted. */
  readonly meaning: string
}

export function trustRows({ stability, agreement, deletion }: MapTrust): TrustRow[] {
  return [
    {
      name: 'Stays when the film moves',
      figure: stability.value.toFixed(2),
      holds: stability.holds,
      meaning: `Rank correlation with the maps of the film moved by 4 pixels; at least ${stability.least} is wanted`,
    },
    ...(agreement
      ? [
          {
            name: 'Stays under dropout',
            figure: agreement.value.toFixed(2),
            holds: agreement.holds,
            meaning: `Rank correlation with the maps when a tenth of what each layer receives is left out; at least ${agreement.least} is wanted`,
          },
        ]
      : []),
    {
      name: 'Finds what counts',
      figure: `${Math.round(deletion.value * 100)} %`,
      holds: deletion.holds,
      meaning: `Share of 20 orders of chance in which the score falls later than when the map’s hottest parts go first (mean probability ${deletion.area.toFixed(3)} against ${deletion.chance.toFixed(3)}); at least ${Math.round(deletion.least * 100)} % is wanted`,
    },
  ]
}

export const trustNames: Readonly<Record<MapTrust['level'], string>> = {
  high: 'Trust: high',
  fair: 'Trust: fair',
  low: 'Trust: low',
}

/** Why a map is shown in grey; undefined where it is not. */
export function greyReason(trust: MapTrust | undefined): string | undefined {
  if (trust?.level !== 'low') return undefined
  const failed = [
    trust.stability.holds ? '' : 'it moves with the film',
    trust.agreement && !trust.agreement.holds ? 'it changes under dropout' : '',
    trust.deletion.holds ? '' : 'what it marks does not carry the score',
  ].filter(Boolean)
  return `Do not rely on this map: ${failed.join(', ')}`
}
