import { expect, test } from 'vitest'
import { tinyCard } from '../engine/models/testing/tinyPackage.ts'
import type { SplitLeak } from '../shared/domain/split.ts'
import { leakWords } from '../shared/split/words.ts'
import { evaluationCsv } from './evaluationCsv.ts'

const leak: SplitLeak = {
  overlaps: [{ kind: 'patient', parts: ['train', 'validation'], groups: 1, films: [1, 1] }],
  sizes: { train: 2, validation: 2, test: 0 },
}
const films = ['/a.png', '/b.png'].map((path) => ({ path, label: 0, patient: path }))
const scored = [
  { kind: 'scored' as const, path: '/a.png', probabilities: [0.75, 0.25], outside: [] },
  {
    kind: 'refused' as const,
    refusal: { path: '/b.png', code: 'BAD_IMAGE', reason: 'is no picture' },
  },
]
const rows = (more: { readonly leak?: SplitLeak }) =>
  evaluationCsv(scored, { manifest: { ...tinyCard, card: { ...tinyCard.card, ...more } }, threshold: 0.5, films }, (path) => path) // prettier-ignore
    .trimEnd()
    .split('\r\n')

test('every film has a row, also one that cannot be read, and a sound training says nothing of a leak', () => {
  const [header, first, second] = rows({})
  expect(header).toMatch(/,message$/)
  expect(first).toBe('/a.png,NORMAL,0.75,0.25,NORMAL,0.5,,,ok,,')
  expect(second).toBe('/b.png,NORMAL,,,,0.5,,,error,,is no picture')
})

test('a training on a leaky split is told on every row', () => {
  const [header, ...told] = rows({ leak })
  expect(header).toMatch(/,training_leak$/)
  for (const row of told) expect(row).toContain(leakWords(leak))
})
