import { AppError } from '../shared/errors.ts'

/** A message from the window may hold at most 1 MiB: bytes go by image://, files by token. */
export const messageLimitBytes = 1024 * 1024

/**
 * Throws TOO_LARGE for a value of more than `limit` bytes, counted as structured clone would carry
 * it: without recursion, so neither depth nor a cycle can exhaust the stack.
 */
export function requireSmall(message: unknown, limit: number = messageLimitBytes): void {
  const open: unknown[] = [message]
  let bytes = 0
  while (open.length > 0) {
    const value = open.pop()
    bytes += ownBytes(value)
    if (bytes > limit) {
      throw new AppError('TOO_LARGE', `A message may hold at most ${limit} bytes`)
    }
    open.push(...inside(value, limit - bytes))
  }
}

/** What a value takes beside the values in it; at least 8, so that a cycle ends at the limit. */
function ownBytes(value: unknown): number {
  if (typeof value === 'string') return 8 + value.length * 2
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return 8 + value.byteLength
  if (typeof value === 'bigint') return 8 + value.toString(16).length
  return 8
}

function inside(value: unknown, room: number): unknown[] {
  if (typeof value !== 'object' || value === null) return []
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return []
  if (value instanceof Map) return [...value.keys(), ...value.values()]
  if (value instanceof Set) return [...value.values()]
  // A sparse array of great length costs nothing to send and everything to walk.
  if (Array.isArray(value) && value.length * 8 > room) {
    throw new AppError('TOO_LARGE', `A message may not hold a list of ${value.length} entries`)
  }
  return Object.entries(value).flat()
}
