import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { LabelledFilm } from '../../shared/domain/training.ts'
import { foldsOf } from './folds.ts'

const film = (patient: number, label: number, take: number): LabelledFilm => ({
  path: `/films/${patient}-${take}.jpg`,
  patient: `p${patient}`,
  label,
})
/** 20 healthy patients with one film, 30 sick ones with two. */
const films = [
  ...Array.from({ length: 20 }, (_, patient) => film(patient, 0, 1)),
  ...Array.from({ length: 60 }, (_, at) => film(20 + Math.floor(at / 2), 1, at % 2)),
]

test('each fold has the same number of patients of each class', () => {
  const folds = foldsOf(films, { folds: 5, seed: 7 })
  for (let fold = 0; fold < 5; fold++) {
    const inFold = films.filter((_, at) => folds[at] === fold)
    expect(inFold.filter(({ label }) => label === 0)).toHaveLength(4)
    expect(inFold.filter(({ label }) => label === 1)).toHaveLength(12)
  }
})

test('a patient is never in two folds, whatever the films', () => {
  const anyFilms = fc.array(fc.tuple(fc.nat(30), fc.nat(1), fc.nat(9)), { minLength: 1 })
  fc.assert(
    fc.property(anyFilms, fc.nat(99), (drawn, seed) => {
      const some = drawn.map(([patient, label, take]) => film(patient, label, take))
      const folds = foldsOf(some, { folds: 5, seed })
      const foldOf = new Map<string, number>()
      some.forEach(({ patient }, at) => {
        expect(foldOf.get(patient) ?? folds[at]).toBe(folds[at])
        foldOf.set(patient, folds[at]!)
      })
    }),
  )
})

test('the order of the films changes nothing, and another seed deals anew', () => {
  const options = { folds: 5, seed: 7 }
  const backwards = foldsOf([...films].reverse(), options).reverse()
  expect(backwards).toEqual(foldsOf(films, options))
  expect(foldsOf(films, { folds: 5, seed: 8 })).not.toEqual(backwards)
})
