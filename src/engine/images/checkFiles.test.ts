import { join } from 'node:path'
import { tmpdir } from 'node:os'
import { expect, test, vi } from 'vitest'
import { checkFiles } from './checkFiles.ts'

test('each file is told once, however many are under way when a report goes out', async () => {
  let now = 0
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => (now += 100))
  const paths = Array.from({ length: 50 }, (_, at) => join(tmpdir(), 'never-was', `${at}.png`))
  const told: string[] = []
  await checkFiles(
    { files: paths.map((path) => ({ path, bytes: 1, fileHash: 'a' })), thorough: false },
    {
      signal: new AbortController().signal,
      report: ({ files }) => told.push(...files.map(({ path }) => path)),
    },
  ).finally(() => clock.mockRestore())
  expect(told.sort()).toEqual([...paths].sort())
})
