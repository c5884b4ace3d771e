/** From values to places on an axis, and the round numbers that mark it. */
export interface Scale {
  readonly kind: 'linear' | 'log'
  readonly min: number
  readonly max: number
}

/** Bounds around the values with a little air; one value alone gets a neighbourhood. */
export function scaleOf(values: readonly number[], kind: Scale['kind'] = 'linear'): Scale {
  const low = values.reduce((a, b) => Math.min(a, b), Infinity)
  const high = values.reduce((a, b) => Math.max(a, b), -Infinity)
  if (!Number.isFinite(low) || !Number.isFinite(high)) return { kind: 'linear', min: 0, max: 1 }
  if (kind === 'log' && low > 0) {
    const air = low === high ? 2 : (high / low) ** 0.06
    return { kind, min: low / air, max: high * air }
  }
  const air = (high - low) * 0.06 || Math.abs(high) * 0.1 || 0.1
  return { kind: 'linear', min: low - air, max: high + air }
}

/** 0 at the lower bound, 1 at the upper one. */
export function place({ kind, min, max }: Scale, value: number): number {
  if (kind === 'linear') return (value - min) / (max - min)
  return Math.log(value / min) / Math.log(max / min)
}

/** Round numbers within the bounds, about `count` of them. */
export function ticks({ kind, min, max }: Scale, count = 5): number[] {
  return kind === 'log' && max / min > 3 ? logTicks(min, max) : linearTicks(min, max, count)
}

function linearTicks(min: number, max: number, count: number): number[] {
  const rough = (max - min) / count
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 5, 10].map((times) => times * power).find((each) => each >= rough) ?? rough
  const first = Math.ceil(min / step - 1e-9)
  const last = Math.floor(max / step + 1e-9)
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) =>
    // Without the rounding 3 × 0.1 would be 0.30000000000000004.
    Number(((first + at) * step).toPrecision(12)),
  )
}

function logTicks(min: number, max: number): number[] {
  const decades = Math.log10(max / min)
  const steps = decades < 2.5 ? [1, 2, 5] : [1]
  const found: number[] = []
  for (let power = Math.floor(Math.log10(min)); 10 ** power <= max; power++) {
    for (const step of steps) {
      const value = Number((step * 10 ** power).toPrecision(12))
      if (value >= min && value <= max) found.push(value)
    }
  }
  return found
}

/** 11,169,089 → «11.2 M»; small numbers as they are. */
export function short(value: number): string {
  const size = Math.abs(value)
  if (size >= 1e9) return `${Number((value / 1e9).toPrecision(3))} G`
  if (size >= 1e6) return `${Number((value / 1e6).toPrecision(3))} M`
  if (size >= 1e4) return `${Number((value / 1e3).toPrecision(3))} k`
  return String(Number(value.toPrecision(4)))
}
