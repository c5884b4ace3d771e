import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { watchPulse } from './pulse.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** Watched every second; `answers` and `works` are changed by the tests. */
function watched() {
  const state = { answers: true, works: false, asked: 0, lost: 0 }
  const stop = watchPulse(
    {
      ask: () => {
        state.asked++
        return state.answers ? Promise.resolve() : new Promise(() => undefined)
      },
      isIdle: () => !state.works,
      onLost: () => state.lost++,
    },
    1000,
  )
  return { state, stop }
}

test('one that answers is not lost, however idle', async () => {
  const { state, stop } = watched()
  await vi.advanceTimersByTimeAsync(20_500)
  expect(state).toMatchObject({ asked: 20, lost: 0 })
  stop()
})

test('one that is silent but works is not lost, and is asked again once it has answered', async () => {
  const { state, stop } = watched()
  Object.assign(state, { answers: false, works: true })
  await vi.advanceTimersByTimeAsync(60_000)
  expect(state).toMatchObject({ asked: 1, lost: 0 })
  stop()
})

test('one that neither answers nor works is lost after three intervals, and is told of once', async () => {
  const { state } = watched()
  state.answers = false
  await vi.advanceTimersByTimeAsync(2500)
  expect(state.lost).toBe(0)
  await vi.advanceTimersByTimeAsync(500)
  expect(state.lost).toBe(1)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(state).toMatchObject({ asked: 1, lost: 1 })
})

test('work in between begins the count anew', async () => {
  const { state, stop } = watched()
  state.answers = false
  for (let second = 0; second < 20; second++) {
    state.works = second % 2 === 0
    await vi.advanceTimersByTimeAsync(1000)
  }
  expect(state.lost).toBe(0)
  stop()
})
