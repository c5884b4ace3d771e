/** What a curve is drawn over: epochs, minutes of training so far, or the time of the clock (seconds since 1970). */
export type XKind = 'epoch' | 'minutes' | 'time'

export const xLabels: Readonly<Record<XKind, string>> = {
  epoch: 'Epoch',
  minutes: 'Minutes of training',
  time: 'Time',
}

/** A value of the axis in words: 3, 2.25, 14:05:09. */
export function xWords(kind: XKind, x: number): string {
  if (kind !== 'time') return String(Number(x.toFixed(Math.abs(x) < 0.1 ? 4 : 2)))
  const date = new Date(x * 1000)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`
}
