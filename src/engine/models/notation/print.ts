/** Network → text: the shortest that reads back as the same. */
import { defaults, type Convolution, type Dense, type Group, type Notation } from './notation.ts'

const PAIR = 2
const signs: Readonly<Record<number, string>> = { 0.25: '¼', 0.5: '½', 0.75: '¾' }

/** `C: 16n 16n d¼ D: 16R L2`. Reads back as the same network. */
export function printNotation({ groups, dense }: Notation): string {
  const convolutions = groups.map((group, at) => printGroup(group, at === groups.length - 1))
  const parts = [
    ...(groups.length > 0 ? [`C: ${convolutions.join(' ')}`] : []),
    ...(dense.length > 0 ? [`D: ${printDense(dense)}`] : []),
  ]
  return parts.join(' ')
}

function printGroup({ convolutions, pool, dropout }: Group, isLast: boolean): string {
  const layers = convolutions.map(printConvolution).join(' ')
  const isAlone = convolutions.length < PAIR && !isLast && dropout === undefined
  return [
    convolutions.length > PAIR ? `(${layers})` : layers,
    ...(pool !== defaults.pool || isAlone ? [`p${pool}`] : []),
    ...(dropout === undefined ? [] : [printDropout(dropout)]),
  ].join(' ')
}

function printConvolution({ filters, kernel, isNormalised, padding }: Convolution): string {
  const side = kernel === defaults.kernel ? '' : `x${kernel}`
  return `${filters}${side}${padding?.charAt(0) ?? ''}${isNormalised ? 'n' : ''}`
}

function printDense(dense: readonly Dense[]): string {
  return dense
    .map(({ units, isNormalised, hasRelu, dropout, l2 }, at) => {
      const layer = `${units}${isNormalised ? 'n' : ''}${hasRelu ? 'R' : ''}`
      return [
        layer,
        ...(dropout === undefined ? [] : [printDropout(dropout)]),
        ...penaltyAfter(l2, dense.slice(at + 1)),
      ].join(' ')
    })
    .join(' ')
}

/** One L2 for a row of layers with the same factor; L2(0) where layers with one follow some without. */
function penaltyAfter(l2: number, following: readonly Dense[]): string[] {
  if (following[0]?.l2 === l2) return []
  if (l2 === 0 && following.length === 0) return []
  return [l2 === defaults.l2 ? 'L2' : `L2(${l2})`]
}

function printDropout(rate: number): string {
  const sign = signs[rate]
  if (sign !== undefined) return `d${sign}`
  const percent = Math.round(rate * 100)
  return percent / 100 === rate ? `d${percent}%` : `d${rate}`
}
