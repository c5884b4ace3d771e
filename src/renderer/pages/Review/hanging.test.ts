import { expect, test } from 'vitest'
import { hang, type Companion } from './hanging.ts'
import type { ShownFilm } from './shownFilm.ts'
import { film } from './testFilms.ts'

function dicom(id: string, viewPosition?: string): ShownFilm {
  return {
    image: film(id).image,
    dicom: {
      ...{ sopClass: '', transferSyntax: '', photometric: 'MONOCHROME2', frames: 1 },
      ...{ bitsAllocated: 8, bitsStored: 8, lossy: false },
      ...{ studyUid: id, seriesUid: id, sopInstanceUid: id },
      ...(viewPosition === undefined ? {} : { viewPosition }),
    },
  }
}
const companion = (
  id: string,
  relation: Companion['relation'],
  viewPosition?: string,
): Companion => ({ ...dicom(id, viewPosition), relation })

const hung = (...given: Parameters<typeof hang>) => {
  const { left, right, reads, alike } = hang(...given)
  return [left.image.id, right?.image.id, reads, alike]
}

const frontal = dicom('now', 'PA')
const lateral = companion('side', 'same-study', 'LL')
const prior = companion('prior', 'prior', 'AP')

test('a single frontal film hangs alone', () => {
  expect(hung(frontal, [], 'auto')).toEqual(['now', undefined, 0, true])
  expect(hung(frontal, [companion('twin', 'same-study', 'AP')], 'auto')[1]).toBeUndefined()
})

test('frontal and lateral hang side by side, the frontal on the left whichever is read', () => {
  expect(hung(frontal, [prior, lateral], 'auto')).toEqual(['now', 'side', 0, false])
  const front = companion('front', 'same-study', 'PA')
  expect(hung(dicom('now', 'LL'), [front], 'auto')).toEqual(['front', 'now', 1, false])
})

test('the newest prior of the same projection hangs on the right', () => {
  const priorSide = companion('prior side', 'prior', 'LL')
  expect(hung(frontal, [priorSide, prior], 'auto')).toEqual(['now', 'prior', 0, true])
  expect(hung(frontal, [priorSide], 'auto')).toEqual(['now', 'prior side', 0, false])
})

test('what the reader picks hangs beside, nothing when that is picked, and one film when one is wanted', () => {
  const later = companion('later', 'later', 'PA')
  expect(hung(frontal, [prior, later], 'auto', 'later')[1]).toBe('later')
  expect(hung(frontal, [prior], 'auto', null)[1]).toBeUndefined()
  expect(hung(frontal, [prior], 'one')[1]).toBeUndefined()
  expect(hung(frontal, [later], 'two')[1]).toBe('later')
  expect(hung(frontal, [later], 'auto')[1]).toBeUndefined()
})
