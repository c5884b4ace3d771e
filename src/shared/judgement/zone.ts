import type { ZoneName, Zones } from '../domain/calibration.ts'

/** Where a raw score lies. Without zones the threshold alone parts films. */
export function zoneOf(
  score: number,
  threshold: number,
  zones: Pick<Zones, 'low' | 'high'> | undefined,
): ZoneName {
  if (!zones) return score >= threshold ? 'above' : 'below'
  if (score < zones.low) return 'below'
  return score >= zones.high ? 'above' : 'uncertain'
}
