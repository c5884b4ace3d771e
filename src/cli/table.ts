/** Plain text tables: numbers to the right, words to the left, two spaces between. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...rows.map((row) => row[column]?.length ?? 0)),
  )
  const numeric = headings.map((_, column) => rows.every((row) => isNumber(row[column] ?? '')))
  const line = (cells: readonly string[]) =>
    widths
      .map((width, column) => {
        const cell = cells[column] ?? ''
        return numeric[column] === true ? cell.padStart(width) : cell.padEnd(width)
      })
      .join('  ')
      .trimEnd()
  return [
    line(headings),
    widths.map((width) => '─'.repeat(width)).join('  '),
    ...rows.map(line),
  ].join('\n')
}

const isNumber = (text: string) => /^[-+]?[\d,.]*( ?%)?$/.test(text)

/** 11169089 → 11,169,089 */
export const grouped = (value: number): string => value.toLocaleString('en-US')
/** A figure with three decimals; unknown is a dash. */
export const figure = (value: number | null | undefined, decimals = 3): string =>
  value === undefined || value === null ? '–' : value.toFixed(decimals)

/** 75 → 1:15, 3675 → 1:01:15 */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  const pad = (value: number) => String(value).padStart(2, '0')
  const minutes = Math.floor(whole / 60) % 60
  const hours = Math.floor(whole / 3600)
  return hours > 0 ? `${hours}:${pad(minutes)}:${pad(whole % 60)}` : `${minutes}:${pad(whole % 60)}`
}
