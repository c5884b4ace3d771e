import { expect, test } from 'vitest'
import { SplitPlan } from '../../shared/domain/split.ts'
import type { LabelledFilm } from '../../shared/domain/training.ts'
import { overlapsOf } from '../../shared/split/overlap.ts'
import { assignParts } from './split.ts'
import { splitFilms } from './splitFilms.ts'

/** 60 patients of the first class and 40 of the second, three films each. */
const films = Array.from({ length: 300 }, (_, at) => {
  const patient = Math.floor(at / 3)
  return { label: patient < 60 ? 0 : 1, group: `p${patient}` }
})
const plan = (more: Partial<SplitPlan> = {}) =>
  SplitPlan.parse({ validation: 0.2, test: 0.1, ...more })

test('shares are of the patients of each class, and no patient stands on two sides', () => {
  const { parts } = splitFilms({ films, plan: plan() })
  const count = (part: string, label: number) =>
    parts.filter((one, at) => one === part && films[at]!.label === label).length / 3
  expect(['train', 'validation', 'test'].map((part) => count(part, 0))).toEqual([42, 12, 6])
  expect(['train', 'validation', 'test'].map((part) => count(part, 1))).toEqual([28, 8, 4])
  const placed = films.map(({ group }, at) => ({ patient: group, part: parts[at] ?? undefined }))
  expect(overlapsOf(placed)).toEqual([])
})

test('the same seed deals the same parts, another seed others', () => {
  const deal = (seed: number) => splitFilms({ films, plan: plan({ seed }) }).parts
  expect(deal(1)).toEqual(deal(1))
  expect(deal(2)).not.toEqual(deal(1))
})

test('a split by image puts patients on both sides', () => {
  const { parts } = splitFilms({ films, plan: plan({ by: 'image' }) })
  const placed = films.map(({ group }, at) => ({ patient: group, part: parts[at] ?? undefined }))
  expect(overlapsOf(placed).map(({ parts: [, second] }) => second)).toEqual(['validation', 'test', 'test']) // prettier-ignore
})

test('folds are those that a training with this seed deals', () => {
  const { parts, folds } = splitFilms({ films, plan: plan({ folds: 5, test: 0 }) })
  expect(parts.every((part) => part === null)).toBe(true)
  const labelled: LabelledFilm[] = films.map(({ label, group }, at) => ({ path: `${at}`, label, patient: group })) // prettier-ignore
  const trained = assignParts(labelled, {
    ...{ classes: ['A', 'B'], validationShare: 0.2, seed: 1 },
    fold: { index: 2, of: 5 },
  })
  expect(folds.map((fold) => fold === 1)).toEqual(trained.map(({ part }) => part === 'validation'))
})
