/** Numbers as a person reads them; the same everywhere in the window. */

/** 0.873 → «87 %». */
export const percent = (share: number): string => `${Math.round(share * 100)} %`

/** Two shares side by side; with decimals where whole numbers would make different ones look the same. */
export function percentsApart(first: number, second: number): readonly [string, string] {
  const at = (decimals: number) =>
    [first, second].map((share) => `${(share * 100).toFixed(decimals)} %`)
  const decimals = [0, 1, 2].find((count) => first === second || at(count)[0] !== at(count)[1]) ?? 2
  const [a, b] = at(decimals)
  return [a!, b!]
}

/** Three decimals, or a dash for what is unknown. */
export const metric = (value: number | undefined): string =>
  value === undefined ? '–' : value.toFixed(3)

/** 125 → «02:05»; hours come before when there are any. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  const two = (value: number) => String(value).padStart(2, '0')
  const tail = `${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`
  return whole < 3600 ? tail : `${Math.floor(whole / 3600)}:${tail}`
}

/** Bytes as MB (10⁶), one decimal below ten; as kB where that would say nothing. */
export function megabytes(bytes: number): string {
  if (bytes > 0 && bytes < 1e5) return `${Math.ceil(bytes / 1e3)} kB`
  const value = bytes / 1e6
  return `${value < 10 ? value.toFixed(1) : Math.round(value).toLocaleString('en')} MB`
}

export const count = (value: number): string => value.toLocaleString('en')

/** «1 film», «5,216 films». */
export const plural = (value: number, one: string, many = `${one}s`): string =>
  `${count(value)} ${value === 1 ? one : many}`

/** ISO date and local time to the minute. */
export function moment(iso: string): string {
  const date = new Date(iso)
  const two = (value: number) => String(value).padStart(2, '0')
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`
}
