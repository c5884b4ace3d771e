import { randomBytes } from 'node:crypto'

/** 26 lower-case characters: 12 of time (hexadecimal milliseconds), 14 of chance. Sorts by time of making. */
export function newId(nowMs: number = Date.now()): string {
  const time = nowMs.toString(16).padStart(12, '0')
  return time + randomBytes(7).toString('hex')
}
