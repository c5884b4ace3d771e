import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createChanges } from './changes.ts'

test('a watcher is told at once, then at most once an interval, and never misses the last change', async () => {
  const changes = createChanges(50)
  const controller = new AbortController()
  let value = 0
  const seen: number[] = []
  const watching = changes.watch(controller.signal, () => {
    seen.push(value)
    return true
  })
  expect(seen).toEqual([0])
  for (value = 1; value < 100; value++) changes.notify()
  expect(seen).toEqual([0])
  await sleep(70)
  expect(seen).toEqual([0, 100])
  await sleep(70)
  value = 7
  changes.notify()
  expect(seen).toEqual([0, 100, 7])
  controller.abort()
  await watching
  changes.notify()
  expect(seen).toHaveLength(3)
})

test('a watch ends by itself when there is no more to tell', async () => {
  const changes = createChanges(1)
  await changes.watch(new AbortController().signal, () => false)
  await expect(
    changes.watch(new AbortController().signal, () => {
      throw new Error('gone')
    }),
  ).rejects.toThrow('gone')
})
