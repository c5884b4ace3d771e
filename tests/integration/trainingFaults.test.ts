/**
 * A training on a disk that fails from the n-th operation on goes on to the numbers of an undisturbed one.
 * PNEUMOSCOPE_FAULTS=all takes every n.
 */
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { train } from '../../src/engine/train/train.ts'
import { AppError } from '../../src/shared/errors.ts'
import { faults, onFaultyDisk, type FaultOrder } from './faultyFiles.ts'
import { tinyPlan, writeFilms } from './films.ts'

const isLong = process.env['PNEUMOSCOPE_FAULTS'] === 'all'
let root = ''
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'pneumoscope-faults-'))
})
afterAll(() => rm(root, { recursive: true, force: true }))

test('a training on a disk that fails goes on to the numbers of an undisturbed one', async () => {
  const films = await writeFilms(join(root, 'films'), 16)
  const quiet = { signal: new AbortController().signal, report: () => undefined }
  const plan = (name: string) => ({
    ...tinyPlan(join(root, name, 'run'), films, { epochs: 2 }),
    cacheFolder: join(root, 'cache'),
  })
  const count = async (at: number, name: string, code: FaultOrder['code'] = 'ENOSPC') =>
    onFaultyDisk({ below: join(root, name), at, code, lasts: true }, () => train(plan(name), quiet))
  const weights = (name: string) => readFile(join(plan(name).folder, 'best', 'weights.bin'))
  const { operations, outcome } = await count(Infinity, 'undisturbed')
  expect(outcome.status).toBe('fulfilled')
  const undisturbed = await weights('undisturbed')
  const step = isLong ? 1 : Math.ceil(operations / 5)
  let failed = 0
  for (let at = 1; at <= operations; at += step) {
    const name = `disturbed-${at}`
    const { outcome } = await count(at, name, faults[at % faults.length])
    if (outcome.status === 'rejected') {
      failed++
      expect(outcome.reason, `operation ${at}`).toBeInstanceOf(AppError)
    }
    const isBegun = ['checkpoint.bin', 'best'].some((made) =>
      existsSync(join(plan(name).folder, made)),
    )
    await train({ ...plan(name), resume: isBegun }, quiet)
    expect((await weights(name)).equals(undisturbed), `operation ${at}`).toBe(true)
    await rm(join(root, name), { recursive: true, force: true })
  }
  console.log(`a training: ${operations} operations, ${failed} failures told`)
  expect(failed).toBeGreaterThan(0)
}, 3_600_000)
