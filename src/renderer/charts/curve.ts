/** Curves as plain numbers: what a chart draws, and how it is told in words. */
export interface Point {
  readonly x: number
  readonly y: number
}

export interface Curve {
  readonly label: string
  readonly points: readonly Point[]
  /** Token of the colour, e.g. «--chart-train». */
  readonly colour: string
  readonly look: 'solid' | 'dashed' | 'faint'
  /** A dot for each value: for few values, such as epochs. */
  readonly dots?: boolean
  /** Whether it may leave the axis: one wild batch must not flatten what is behind it. */
  readonly strays?: boolean
}

/** One column of x values, and for each curve a column of y values or null where it has none. */
export interface AlignedCurves {
  readonly x: number[]
  readonly columns: (number | null)[][]
}

/** Brings curves with x values of their own onto one ascending axis. */
export function alignCurves(curves: readonly Curve[]): AlignedCurves {
  const x = [...new Set(curves.flatMap(({ points }) => points.map((point) => point.x)))]
  x.sort((a, b) => a - b)
  const columns = curves.map(({ points }) => {
    const byX = new Map(points.map((point) => [point.x, point.y]))
    return x.map((value) => byX.get(value) ?? null)
  })
  return { x, columns }
}

/**
 * Exponential moving average, debiased so that it starts at the first value (Kingma and Ba, 2015,
 * section 3). `weight` is 0–0.99; 0 changes nothing.
 */
export function smooth(points: readonly Point[], weight: number): Point[] {
  let sum = 0
  let share = 0
  return points.map(({ x, y }) => {
    sum = sum * weight + y * (1 - weight)
    share = share * weight + (1 - weight)
    return { x, y: sum / share }
  })
}

/** A chart in one sentence, for those who cannot see it. */
export function describeCurves(curves: readonly Curve[], digits = 3): string {
  const told = curves.flatMap(({ label, points, look }) => {
    const first = points[0]
    const last = points.at(-1)
    if (!first || !last || look === 'faint') return []
    const from = `${first.y.toFixed(digits)} at ${Number(first.x.toFixed(2))}`
    const to = `${last.y.toFixed(digits)} at ${Number(last.x.toFixed(2))}`
    return [points.length === 1 ? `${label}: ${from}` : `${label}: from ${from} to ${to}`]
  })
  return told.length > 0 ? `${told.join('. ')}.` : 'No values yet.'
}
