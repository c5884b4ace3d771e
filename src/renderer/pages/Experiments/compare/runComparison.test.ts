import { expect, test } from 'vitest'
import type { Run } from '../../../../shared/domain/run.ts'
import { testEpoch, testRun } from '../../../../shared/domain/testing/testRun.ts'
import { TrainingSettings } from '../../../../shared/domain/training.ts'
import { RunComparison } from './runComparison.svelte.ts'

/** A run whose best validation accuracy is given. */
const run = (id: string, valAccuracy: number, seed = 1, change: Partial<Run> = {}) =>
  testRun({
    ...{ id, name: id, createdAt: `2026-01-0${id.charCodeAt(0) - 96}T00:00:00Z` },
    settings: TrainingSettings.parse({ seed }),
    epochs: [testEpoch(1, { valAccuracy }), testEpoch(2, { valAccuracy: valAccuracy - 0.25 })],
    ...change,
  })

function page(...runs: Run[]) {
  const changes: unknown[] = []
  const asked = { reloads: 0 }
  const comparison = new RunComparison(
    {
      markRuns: (input) => {
        changes.push(...input.changes)
        return Promise.resolve()
      },
    },
    () => runs,
    () => {
      asked.reloads++
      return Promise.resolve()
    },
  )
  return { comparison, changes, asked }
}

const ids = (rows: readonly { readonly id: string }[]) => rows.map(({ id }) => id)

test('the newest run stands first; a figure sorts its best first, and once more the other way', () => {
  const { comparison } = page(run('a', 0.75), run('b', 0.5), run('c', 0.875))
  expect(ids(comparison.rows)).toEqual(['c', 'b', 'a'])
  comparison.sortBy('valAccuracy', true)
  expect(ids(comparison.rows)).toEqual(['c', 'a', 'b'])
  comparison.sortBy('valAccuracy', true)
  expect(ids(comparison.rows)).toEqual(['b', 'a', 'c'])
})

test('what is unknown comes last whichever way it is sorted', () => {
  const { comparison } = page(run('a', 0.5), run('b', 0, 1, { epochs: [] }), run('c', 0.75))
  comparison.sortBy('valAccuracy', true)
  expect(ids(comparison.rows)).toEqual(['c', 'a', 'b'])
  comparison.sortBy('valAccuracy', true)
  expect(ids(comparison.rows)).toEqual(['a', 'c', 'b'])
})

test('repeats are joined to one row with mean and deviation, and their seed is no difference', () => {
  const { comparison } = page(run('a', 0.5, 1), run('b', 0.75, 2))
  expect(comparison.table.settings.map(({ label }) => label)).toEqual(['Seed'])
  comparison.joined = true
  const [row] = comparison.rows
  expect(row?.runs).toHaveLength(2)
  expect(comparison.table.settings).toEqual([])
  // Mean 0.625; squares 2 × 0.125² over n − 1 = 1.
  expect(row?.figures.get('valAccuracy')).toMatchObject({
    value: 0.625,
    deviation: Math.sqrt(2 * 0.125 ** 2),
  })
  comparison.pick(row!.id, 'only')
  expect(ids(comparison.selected)).toEqual(['a', 'b'])
})

test('Ctrl adds and takes away, Shift selects up to here in the order shown', () => {
  const { comparison } = page(run('a', 0.1), run('b', 0.2), run('c', 0.3), run('d', 0.4))
  comparison.pick('d', 'only')
  comparison.pick('b', 'range')
  expect(ids(comparison.selected)).toEqual(['d', 'c', 'b'])
  comparison.pick('c', 'toggle')
  comparison.pick('a', 'toggle')
  expect(ids(comparison.selected)).toEqual(['d', 'b', 'a'])
  comparison.clear()
  expect(comparison.selected).toEqual([])
})

test('a selected run keeps its colour while others come and go', () => {
  const { comparison } = page(run('a', 0.1), run('b', 0.2), run('c', 0.3))
  const colours = () =>
    Object.fromEntries(comparison.drawn.map(({ run, look }) => [run.id, look.colour]))
  comparison.pick('a', 'only')
  comparison.pick('b', 'toggle')
  const { b } = colours()
  comparison.pick('a', 'toggle')
  comparison.pick('c', 'toggle')
  expect(colours()).toEqual({ b, c: '--run-1' })
})

test('archived runs are out of sight until the archive is shown, and filters go together', () => {
  const { comparison } = page(
    run('a', 0.1, 1, { archived: true }),
    run('b', 0.2, 1, { starred: true, tags: ['good'] }),
    run('c', 0.3, 1, { starred: true, note: 'Blurred films' }),
  )
  expect(ids(comparison.rows)).toEqual(['c', 'b'])
  expect(comparison.tags).toEqual(['good'])
  comparison.search = 'blur'
  expect(ids(comparison.rows)).toEqual(['c'])
  comparison.search = ''
  comparison.tag = 'good'
  expect(ids(comparison.rows)).toEqual(['b'])
  comparison.tag = undefined
  comparison.archived = true
  expect(ids(comparison.rows)).toEqual(['a'])
})

test('a star is given to all, or taken from all when all have it; tags are added once', async () => {
  const b = run('b', 0.2, 1, { starred: true, tags: ['old'] })
  const { comparison, changes, asked } = page(run('a', 0.1), b)
  await comparison.star([run('a', 0.1), b])
  await comparison.star([b])
  await comparison.addTag([b], 'new')
  await comparison.addTag([b], 'old')
  await comparison.removeTag([b], 'old')
  expect(changes).toEqual([
    { runId: 'a', starred: true },
    { runId: 'b', starred: true },
    { runId: 'b', starred: false },
    { runId: 'b', tags: ['new', 'old'] },
    { runId: 'b', tags: ['old'] },
    { runId: 'b', tags: [] },
  ])
  expect(asked.reloads).toBe(5)
})

test('runs that are not finished can be taken out of the selection at once', () => {
  const { comparison } = page(
    run('a', 0.1, 1, { status: 'running' }),
    run('b', 0.2, 1, { status: 'complete' }),
  )
  comparison.selectAll()
  comparison.deselectUnfinished()
  expect(ids(comparison.selected)).toEqual(['b'])
})
