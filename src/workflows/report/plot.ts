/** Curves of shares as pictures inside a page. */
import { escaped } from './html.ts'

export interface ReportCurve {
  readonly points: readonly { readonly x: number; readonly y: number }[]
  readonly marks?: boolean
}

const [SIDE, LEFT, FOOT] = [240, 34, 30]

/** 0 to 1 on both axes. */
export function plot(
  title: string,
  { x, y }: { readonly x: string; readonly y: string },
  curves: readonly ReportCurve[],
  diagonal = false,
): string {
  const at = (point: { x: number; y: number }) =>
    `${(LEFT + point.x * SIDE).toFixed(1)},${(8 + (1 - point.y) * SIDE).toFixed(1)}`
  const grid = [0, 0.25, 0.5, 0.75, 1]
    .map((share) => {
      const [across, up] = [LEFT + share * SIDE, 8 + (1 - share) * SIDE]
      return `<path d="M${across} 8V${8 + SIDE}M${LEFT} ${up}H${LEFT + SIDE}" stroke="#ddd"/><text x="${across}" y="${SIDE + 20}" text-anchor="middle">${share}</text><text x="${LEFT - 4}" y="${up + 4}" text-anchor="end">${share}</text>`
    })
    .join('')
  const drawn = curves
    .map(({ points, marks }) =>
      marks
        ? points.map((point) => `<circle cx="${at(point).split(',')[0]!}" cy="${at(point).split(',')[1]!}" r="4" fill="#b26a00"/>`).join('') // prettier-ignore
        : `<polyline fill="none" stroke="#1b6ca8" stroke-width="1.5" points="${points.map(at).join(' ')}"/>`,
    )
    .join('')
  const even = diagonal ? `<path d="M${LEFT} ${8 + SIDE}L${LEFT + SIDE} 8" stroke="#999" stroke-dasharray="4 3"/>` : '' // prettier-ignore
  return `<figure><svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="${escaped(title)}" width="${SIDE + LEFT + 12}" height="${SIDE + FOOT + 22}" viewBox="0 0 ${SIDE + LEFT + 12} ${SIDE + FOOT + 22}" font-size="10" fill="#333">${grid}${even}${drawn}<text x="${LEFT + SIDE / 2}" y="${SIDE + FOOT + 12}" text-anchor="middle">${escaped(x)}</text><text transform="rotate(-90)" x="${-(8 + SIDE / 2)}" y="9" text-anchor="middle">${escaped(y)}</text></svg><figcaption>${escaped(title)}</figcaption></figure>`
}
