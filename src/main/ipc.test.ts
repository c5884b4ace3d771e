import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const folder = fileURLToPath(new URL('.', import.meta.url))
const sources = ['', 'api/']
  .flatMap((inside) => readdirSync(join(folder, inside)).map((name) => inside + name))
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }))

test('only ipc.ts listens to ipcMain, so that no channel goes unchecked', () => {
  const listening = sources.filter(({ text }) => text.includes('ipcMain')).map(({ name }) => name)
  expect(listening).toEqual(['ipc.ts'])
})

test('the preload script uses the channels that main serves, and no other', () => {
  const preload = readFileSync(join(folder, '../preload/index.ts'), 'utf8')
  const asked = [...preload.matchAll(/ipcRenderer\.(?:send|invoke)\(\s*'([^']+)'/g)]
  const served = sources.flatMap(({ text }) => [
    ...text.matchAll(/(?:takeChannel|answerChannel)\(\s*'([^']+)'/g),
  ])
  const names = (matches: RegExpMatchArray[]) => matches.map((match) => match[1]).sort()
  expect(names(asked)).toEqual(['rpc:connect', 'source:dropped'])
  expect(names(served)).toEqual(names(asked))
})
