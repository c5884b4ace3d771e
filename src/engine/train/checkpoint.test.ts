import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { loadCheckpoint, saveCheckpoint, type Checkpoint } from './checkpoint.ts'

const checkpoint: Checkpoint = {
  fingerprint: 'abc',
  reports: [
    {
      epoch: 1,
      loss: 0.1 + 0.2,
      accuracy: 0.5,
      learningRate: 1e-3,
      seconds: 1,
      imagesPerSecond: 10,
      best: true,
    },
  ],
  weights: [{ name: 'a/kernel', shape: [2, 1], values: Float32Array.of(1 / 3, -0) }],
  state: [{ name: 'step', shape: [], values: Float32Array.of(7) }],
}

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pneumoscope-checkpoint-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

test('a checkpoint comes back bit for bit', async () => {
  const path = join(folder, 'checkpoint.bin')
  await saveCheckpoint(path, checkpoint)
  expect(await loadCheckpoint(path)).toEqual(checkpoint)
})

test('no checkpoint is not an error', async () => {
  expect(await loadCheckpoint(join(folder, 'none'))).toBeUndefined()
})

test('a checkpoint cut anywhere, or with one bit changed, is refused with its name', async () => {
  const path = join(folder, 'checkpoint.bin')
  await saveCheckpoint(path, checkpoint)
  const whole = await readFile(path)
  for (let length = 0; length < whole.length; length += 7) {
    await writeFile(path, whole)
    await truncate(path, length)
    await expect(loadCheckpoint(path)).rejects.toMatchObject({ code: 'DAMAGED' })
  }
  await writeFile(path, Buffer.concat([whole.subarray(0, -1), Buffer.of(whole.at(-1)! ^ 1)]))
  await expect(loadCheckpoint(path)).rejects.toThrow(path)
})
