import { expect, test } from 'vitest'
import { hoverWords } from './hoverWords.ts'

const film = {
  ...{ id: 'f', fileName: 'film.png', className: 'NORMAL', part: 'train' as const },
  ...{ rows: 200, columns: 300, bytes: 9, synthetic: false, patient: 'ward/film.png' },
}

test('a film under the pointer names its patient, or says that nobody knows it', () => {
  expect(hoverWords({ ...film, patient: 'p7' }).split('\n')[1]).toBe(
    'NORMAL · Training · patient p7',
  )
  expect(hoverWords(film).split('\n')[1]).toBe('NORMAL · Training · patient not known')
})
