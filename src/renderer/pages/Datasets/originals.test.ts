import { expect, test } from 'vitest'
import { Originals } from './originals.svelte.ts'

test('lost originals are listed, and looked for in the folder that a person chose', async () => {
  const asked: unknown[] = []
  let chosen: { token: string; label: string } | null = null
  const originals = new Originals(
    {
      lostOriginals: () => Promise.resolve([{ file: 'a/1.png', state: 'missing' as const }]),
      startOriginalsCheck: () => Promise.resolve({ jobId: 'j' }),
      startRelink: (input) => {
        asked.push(input)
        return Promise.resolve({ jobId: 'j' })
      },
      chooseSource: () => Promise.resolve(chosen),
    },
    'd',
  )
  await originals.load()
  expect(originals.lost).toEqual([{ file: 'a/1.png', state: 'missing' }])
  await originals.relink()
  expect(asked).toEqual([])
  chosen = { token: 't', label: 'films' }
  await originals.relink()
  expect(asked).toEqual([{ datasetId: 'd', source: 't' }])
})
