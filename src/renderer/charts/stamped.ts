/** What must stand on a chart wherever it goes, e.g. that a training's split leaked. */
import type { SplitLeak } from '../../shared/domain/split.ts'
import { leakWords } from '../../shared/split/words.ts'
import { text } from './svgText.ts'

const lineHeight = 16
/** Of a letter at 12 pixels, on the wide side. */
const letterWidth = 6.4
const margin = 12

/** Of each training that leaked, its name and how; several trainings of one split say it once. */
export function leakStamps(
  runs: readonly { readonly name: string; readonly leak?: SplitLeak | undefined }[],
): string[] {
  const names = new Map<string, string[]>()
  for (const { name, leak } of runs) {
    if (!leak) continue
    const words = leakWords(leak)
    names.set(words, [...(names.get(words) ?? []), name])
  }
  return [...names].map(([words, who]) => `${who.join(', ')}: ${words}`)
}

/** The chart (`<svg … viewBox="0 0 W H">`) with the stamps below it; the same chart without any. */
export function stampedSvg(svg: string, stamps: readonly string[]): string {
  const box = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg)
  if (stamps.length === 0 || !box) return svg
  const [width, height] = [Number(box[1]), Number(box[2])]
  const lines = stamps.flatMap((words) => wrapped(words, (width - 2 * margin) / letterWidth))
  const taller = height + lineHeight * lines.length + margin
  const drawn = lines.map((words, at) =>
    text(words, {
      ...{ x: margin, y: height + lineHeight * (at + 1), 'font-size': 12 },
      fill: 'var(--above)',
    }),
  )
  const head = svg.slice(0, svg.indexOf('>') + 1)
  const grown = head
    .replace(box[0], `viewBox="0 0 ${width} ${taller}"`)
    .replace(/( height=")[\d.]+"/, `$1${taller}"`)
  const end = svg.lastIndexOf('</svg>')
  return `${grown}${svg.slice(head.length, end)}${drawn.join('')}</svg>`
}

function wrapped(words: string, letters: number): string[] {
  const lines = ['']
  for (const word of words.split(' ')) {
    const line = lines.at(-1)!
    if (line !== '' && line.length + 1 + word.length > letters) lines.push(word)
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`
  }
  return lines
}
