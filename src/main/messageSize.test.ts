import fc from 'fast-check'
import { expect, test } from 'vitest'
import { messageLimitBytes, requireSmall } from './messageSize.ts'

const refused = expect.objectContaining({ code: 'TOO_LARGE' }) as Error

test('small messages of every kind pass', () => {
  fc.assert(fc.property(fc.anything({ maxDepth: 3 }), (value) => requireSmall(value)))
  requireSmall({ text: 'x'.repeat(messageLimitBytes / 2 - 100) })
})

test('large messages are refused, however the bytes are hidden', () => {
  const hidden: unknown[] = [
    'x'.repeat(messageLimitBytes / 2),
    { a: [{ b: 'x'.repeat(messageLimitBytes) }] },
    new Uint8Array(messageLimitBytes),
    new ArrayBuffer(messageLimitBytes),
    new Map([['a', new Uint8Array(messageLimitBytes)]]),
    new Set(['x'.repeat(messageLimitBytes)]),
    { ['k'.repeat(messageLimitBytes)]: 1 },
    new Array(200_000).fill(0),
    new Array(4_000_000_000),
    10n ** 3_000_000n,
  ]
  for (const message of hidden) expect(() => requireSmall(message)).toThrow(refused)
})

test('depth and cycles end at the limit, not at the stack', () => {
  let deep: unknown = 1
  for (let level = 0; level < 200_000; level++) deep = [deep]
  expect(() => requireSmall(deep)).toThrow(refused)
  const round: unknown[] = []
  round.push(round)
  expect(() => requireSmall(round)).toThrow(refused)
})
