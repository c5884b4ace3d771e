/** Where in a text that a person wrote something stands. */
import { z } from 'zod'

export const TextPlace = z.object({
  /** UTF-16 units from the start of the text. */
  position: z.int().min(0),
  /** How many of them it takes up; at least 1. */
  length: z.int().min(1),
  /** From 1, as editors count. */
  line: z.int().min(1),
  column: z.int().min(1),
})
export type TextPlace = z.output<typeof TextPlace>

export function placeIn(text: string, position: number, length: number): TextPlace {
  const before = text.slice(0, position).split('\n')
  const last = before.at(-1) ?? ''
  return { position, length: Math.max(1, length), line: before.length, column: last.length + 1 }
}

/** The line of the place, with a mark under what stands there: two lines for a terminal. */
export function markedLine(text: string, { line, column, length }: TextPlace): string {
  const whole = (text.split('\n')[line - 1] ?? '').replace(/\s/g, ' ')
  const room = Math.max(1, Math.min(length, whole.length - column + 1))
  return `  ${whole}\n  ${' '.repeat(column - 1)}${'^'.repeat(room)}`
}
