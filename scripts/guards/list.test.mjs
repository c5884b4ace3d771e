import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../setup/paths.mjs'
import { guards } from './list.mjs'

test('each guard has an id of its own, and a test that is there', () => {
  const ids = guards.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  for (const { test: file } of guards) expect(existsSync(join(root, file)), file).toBe(true)
})

test('what is changed to switch a guard off stands in its file once', () => {
  const astray = guards.flatMap(({ id, changes }) =>
    changes
      .filter(([file, what]) => readFileSync(join(root, file), 'utf8').split(what).length !== 2)
      .map(([file, what]) => `${id}: ${file}: ${what}`),
  )
  expect(astray).toEqual([])
})

test('the title that picks tests of a file is written there', () => {
  const missing = guards
    .filter(
      ({ test: file, title }) => title && !readFileSync(join(root, file), 'utf8').includes(title),
    ) // prettier-ignore
    .map(({ id, title }) => `${id}: ${title}`)
  expect(missing).toEqual([])
})
