/** What marks measure, in millimetres where the film is calibrated. */
import type { Mark, MarkPoint, Ruler } from './domain/mark.ts'

type LengthUnit = 'mm' | 'px'

export interface Measured {
  /** Length or heart's width, chest's width; for a rectangle its sides; for an angle degrees. */
  readonly values: readonly number[]
  /** Of the values; a ratio's widths have it too. */
  readonly unit: LengthUnit | '°'
  /** Heart's width by the chest's; with ratios alone, and only where the chest has a width. */
  readonly ratio?: number
}

/** Undefined for an arrow, which measures nothing. */
export function measured({ kind, points }: Mark, ruler: Ruler): Measured | undefined {
  const [a, b, c, d] = points
  const unit = unitOf(ruler)
  if (kind === 'arrow' || !a || !b) return undefined
  if (kind === 'length') return { values: [distance(a, b, ruler)], unit }
  if (kind === 'rectangle') {
    const across = distance(a, { x: b.x, y: a.y }, ruler)
    return { values: [across, distance(a, { x: a.x, y: b.y }, ruler)], unit }
  }
  if (kind === 'angle') return c && { values: [angle(a, b, c, ruler)], unit: '°' }
  if (!c || !d) return undefined
  const heart = distance(a, b, ruler)
  const chest = distance(c, d, ruler)
  return { values: [heart, chest], unit, ...(chest > 0 ? { ratio: heart / chest } : {}) }
}

const unitOf = ({ spacing }: Ruler): LengthUnit => (spacing ? 'mm' : 'px')

/** «34.2 mm», «47.1°», «CTR 0.52 (132.0 / 254.0 mm)». */
export function measureText(mark: Mark, ruler: Ruler): string {
  const found = measured(mark, ruler)
  if (!found) return ''
  const { values, unit, ratio } = found
  const [first, second] = values.map((value) => value.toFixed(1))
  if (unit === '°') return `${first!}°`
  const kept = unit === 'px' ? 'px, uncalibrated' : unit
  if (mark.kind === 'rectangle') return `${first!} × ${second!} ${kept}`
  if (mark.kind === 'length') return `${first!} ${kept}`
  const share = ratio === undefined ? '–' : ratio.toFixed(2)
  return `CTR ${share} (${first!} / ${second!} ${kept})`
}

/** Where the film has no spacing, a pixel is as long as it is wide. */
function distance(a: MarkPoint, b: MarkPoint, ruler: Ruler): number {
  const { x, y } = between(a, b, ruler)
  return Math.hypot(x, y)
}

function between(a: MarkPoint, b: MarkPoint, { spacing, aspect }: Ruler): MarkPoint {
  const across = spacing?.column ?? 1
  const down = spacing?.row ?? aspect
  return { x: (b.x - a.x) * across, y: (b.y - a.y) * down }
}

/** Between the arms from the corner to either end, 0 to 180 degrees. */
function angle(end: MarkPoint, corner: MarkPoint, other: MarkPoint, ruler: Ruler): number {
  const one = between(corner, end, ruler)
  const two = between(corner, other, ruler)
  const cross = one.x * two.y - one.y * two.x
  const dot = one.x * two.x + one.y * two.y
  return (Math.abs(Math.atan2(cross, dot)) * 180) / Math.PI
}
