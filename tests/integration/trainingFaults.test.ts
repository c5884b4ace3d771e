/**
 * A training on a disk that fails from the n-th operation on goes on to the numbers of an undisturbed one.
 * PNEUMOSCOPE_FAULTS=all takes every n.
 */
import { existsSync, readdirSync, readlinkSync } from 'node:fs'
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

/** Files of these tests that this process has open, where the system tells. */
const openFiles = (): string[] =>
  existsSync('/proc/self/fd')
    ? readdirSync('/proc/self/fd')
        .map(linkOf)
        .filter((path) => path.startsWith(root))
    : []

function linkOf(fd: string): string {
  try {
    return readlinkSync(`/proc/self/fd/${fd}`)
  } catch {
    return '' // The one that listed the folder.
  }
}

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
  const step = isLong ? 1 : Math.ceil(operations / 4)
  const tried = Array.from({ length: operations }, (_, at) => at + 1)
  let failed = 0
  // The last one comes after the result is written.
  for (const at of tried.filter((at) => (at - 1) % step === 0 || at === operations)) {
    const name = `disturbed-${at}`
    const { outcome } = await count(at, name, faults[at % faults.length])
    if (outcome.status === 'rejected') {
      failed++
      expect(outcome.reason, `operation ${at}`).toBeInstanceOf(AppError)
    }
    expect(at === operations && outcome.status, `operation ${at}`).not.toBe('rejected')
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

test('a training that fails before its first batch leaves no file open', async () => {
  const films = await writeFilms(join(root, 'few'), 16)
  const quiet = { signal: new AbortController().signal, report: () => undefined }
  const plan = {
    ...tinyPlan(join(root, 'early', 'run'), films, { epochs: 1 }),
    cacheFolder: join(root, 'early-cache'),
  }
  const told: string[] = []
  for (let at = 1; !told.at(-1)?.includes('checkpoint'); at++) {
    const order = { below: join(root, 'early'), at, code: 'EIO', lasts: true } as const
    const { outcome } = await onFaultyDisk(order, () => train(plan, quiet))
    told.push(outcome.status === 'rejected' ? String(outcome.reason) : 'checkpoint')
    expect(openFiles(), told.at(-1)).toEqual([])
    await rm(join(root, 'early'), { recursive: true, force: true })
  }
  expect(told.some((text) => text.includes('plan.json'))).toBe(true)
}, 600_000)
