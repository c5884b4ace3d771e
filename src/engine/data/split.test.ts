import { expect, test } from 'vitest'
import type { Part } from '../../shared/domain/part.ts'
import type { LabelledFilm } from '../../shared/domain/training.ts'
import { AppError } from '../../shared/errors.ts'
import { randomStream } from './random.ts'
import { shuffled } from './shuffle.ts'
import { assignParts, type AssignedFilm } from './split.ts'

const classes = ['NORMAL', 'PNEUMONIA']
const options = { classes, validationShare: 0.2, seed: 1 }

/** Patients 0 … patients − 1 of one label with `each` films. */
const filmsOf = (label: number, patients: number, each: number, part?: Part): LabelledFilm[] =>
  Array.from({ length: patients * each }, (_, at) => ({
    path: `${label}/${Math.floor(at / each)}-${at % each}.png`,
    label,
    patient: `${label}-${Math.floor(at / each)}`,
    ...(part && { part }),
  }))

const count = (films: readonly AssignedFilm[], part: Part, label?: number) =>
  films.filter((film) => film.part === part && (label === undefined || film.label === label)).length

test('films without parts are split by patient, 15 % for the test, then a share of the rest, in every class', () => {
  const films = assignParts([...filmsOf(0, 100, 2), ...filmsOf(1, 40, 3)], options)
  // 100 patients: 15 test, 20 % of 85 = 17 validation, 68 train; 40 patients: 6, 7, 27.
  expect(['train', 'validation', 'test'].map((part) => count(films, part as Part, 0) / 2)).toEqual([
    68, 17, 15,
  ])
  expect(['train', 'validation', 'test'].map((part) => count(films, part as Part, 1) / 3)).toEqual([
    27, 7, 6,
  ])
  const partsOf = new Map<string, Set<Part>>()
  for (const { patient, part } of films) {
    partsOf.set(patient, (partsOf.get(patient) ?? new Set()).add(part))
  }
  for (const parts of partsOf.values()) expect(parts.size).toBe(1)
})

test('the same patients are drawn whatever the order of the films, and others with another seed', () => {
  const films = [...filmsOf(0, 30, 2), ...filmsOf(1, 30, 2)]
  const partByPath = (given: readonly LabelledFilm[], seed: number) =>
    new Map(
      assignParts(given, { ...options, seed })
        .map((film) => [film.path, film.part] as const)
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    )
  const mixed = shuffled(films, randomStream(9, 'order'))
  expect(partByPath(mixed, 1)).toEqual(partByPath(films, 1))
  expect(partByPath(films, 2)).not.toEqual(partByPath(films, 1))
  expect(assignParts(mixed, options).map((film) => film.path)).toEqual(mixed.map((f) => f.path))
})

test('films with parts keep them, and a missing validation part is split off train alone', () => {
  const films = assignParts(
    [
      ...filmsOf(0, 10, 1, 'train'),
      ...filmsOf(1, 10, 1, 'train'),
      { path: 't', label: 1, patient: 'tested', part: 'test' },
    ],
    options,
  )
  expect(count(films, 'validation', 0)).toBe(2)
  expect(count(films, 'validation', 1)).toBe(2)
  expect(films.filter((film) => film.part === 'test').map((film) => film.path)).toEqual(['t'])
})

test('a complete split, or a share of 0, is left as it is', () => {
  const complete = [
    ...filmsOf(0, 4, 1, 'train'),
    ...filmsOf(1, 4, 1, 'train'),
    { path: 'v', label: 0, patient: 'v', part: 'validation' as const },
  ]
  expect(assignParts(complete, options)).toEqual(complete)
  const trained = complete.slice(0, 8)
  expect(assignParts(trained, { ...options, validationShare: 0 })).toEqual(trained)
})

test('a film without a part among films with parts goes where its patient is', () => {
  const films = assignParts(
    [
      ...filmsOf(0, 3, 1, 'train'),
      ...filmsOf(1, 3, 1, 'train'),
      { path: 'a', label: 1, patient: 'x', part: 'validation' },
      { path: 'b', label: 1, patient: 'x' },
      { path: 'c', label: 1, patient: 'new' },
    ],
    options,
  )
  expect(films.slice(-2).map((film) => film.part)).toEqual(['validation', 'train'])
})

test('a class without a training film is refused by name', () => {
  const films = filmsOf(0, 5, 1, 'train')
  const refusal = () => assignParts(films, options)
  expect(refusal).toThrow(AppError)
  expect(refusal).toThrow(/«PNEUMONIA»/)
})

test('a class with one patient keeps it in train', () => {
  const films = assignParts([...filmsOf(0, 20, 1), ...filmsOf(1, 1, 4)], options)
  expect(count(films, 'train', 1)).toBe(4)
})

test('folds part the patients: each is watched once, the test part stays out, and one deal serves all folds', () => {
  const films = Array.from({ length: 60 }, (_, at) => ({
    ...{ path: `${at}.png`, label: at % 2, patient: `p${Math.floor(at / 2) % 20}-${at % 2}` },
    ...(at >= 56 && { part: 'test' as const, patient: `t${at}` }),
  }))
  const folds = [1, 2, 3, 4, 5].map(
    (index) =>
    assignParts(films, { classes: ['A', 'B'], validationShare: 0.2, seed: 9, fold: { index, of: 5 } }), // prettier-ignore
  )
  const watchedIn = folds.map(
    (fold) =>
      new Set(fold.filter(({ part }) => part === 'validation').map(({ patient }) => patient)),
  )
  // 20 patients of each class, four of them in each fold.
  expect(watchedIn.map((patients) => patients.size)).toEqual([8, 8, 8, 8, 8])
  expect(new Set(watchedIn.flatMap((patients) => [...patients])).size).toBe(40)
  for (const [at, fold] of folds.entries()) {
    expect(fold.filter(({ part }) => part === 'test')).toHaveLength(4)
    const trained = fold.filter(({ part }) => part === 'train').map(({ patient }) => patient)
    expect(trained.some((patient) => watchedIn[at]!.has(patient))).toBe(false)
  }
})
