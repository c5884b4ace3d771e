import { expect, test } from 'vitest'
import { filmToPane, freshView, mirrored, turned, type View } from '../../viewer/view.ts'
import { edgeLetters } from './edgeLetters.ts'

const film = { width: 200, height: 100 }
const pane = { width: 400, height: 400 }
const lettersOf = (orientation: string | undefined, view: View = freshView) =>
  edgeLetters(orientation, filmToPane(view, film, pane))

test('a frontal film whose rows lead to the patient’s left has R on its left', () => {
  expect(lettersOf('L\\F')).toEqual({ left: 'R', right: 'L', top: 'H', bottom: 'F' })
})

test('the letters follow every turning and mirroring of the film', () => {
  const right = turned(freshView, 'right')
  expect(lettersOf('L\\F', right)).toEqual({ left: 'F', right: 'H', top: 'R', bottom: 'L' })
  const flipped = mirrored(freshView, 'horizontal')
  expect(lettersOf('L\\F', flipped)).toEqual({ left: 'L', right: 'R', top: 'H', bottom: 'F' })
  const both = mirrored(right, 'vertical')
  expect(lettersOf('L\\F', both)).toEqual({ left: 'F', right: 'H', top: 'L', bottom: 'R' })
})

test('directions in between have each of their letters turned round', () => {
  expect(lettersOf('AL \\FP')).toEqual({ left: 'PR', right: 'AL', top: 'HA', bottom: 'FP' })
})

test('a file that names one direction, none or others gets no letters', () => {
  for (const orientation of [undefined, '', 'L', 'L\\', 'LE\\DI', 'L\\F0'])
    expect(lettersOf(orientation)).toBeUndefined()
})
