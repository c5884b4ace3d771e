import { expect, test } from 'vitest'
import { knownPatient } from './knownPatient.ts'

test('a film that is its own patient for want of another names none', () => {
  expect(knownPatient({ patient: 'film.jpeg', fileName: 'film.jpeg' })).toBeUndefined()
  expect(knownPatient({ patient: 'ward/film.jpeg', fileName: 'film.jpeg' })).toBeUndefined()
  expect(knownPatient({ patient: 'person7_virus', fileName: 'person7_virus_1.jpeg' })).toBe('person7_virus') // prettier-ignore
  expect(knownPatient({ patient: 'DOE^J/1977', fileName: '1.dcm' })).toBe('DOE^J/1977')
})
