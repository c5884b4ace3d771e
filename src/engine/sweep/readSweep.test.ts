import { expect, test } from 'vitest'
import { readSweep } from './readSweep.ts'

test('aliases that multiply are told as such, before anything is made of them', () => {
  const lists = Array.from({ length: 9 }, (_, n) => {
    const entry = n === 0 ? 'lol' : `*l${n}`
    return `l${n + 1}: &l${n + 1} [${Array(9).fill(entry).join(', ')}]`
  })
  expect(() => readSweep(`${lists.join('\n')}\n`)).toThrow('its aliases cannot be followed')
})
