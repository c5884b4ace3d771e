import { expect, test } from 'vitest'
import type { Mark } from '../../../shared/domain/mark.ts'
import { MarkBoard } from './markBoard.svelte.ts'

function board() {
  const changes: [readonly Mark[], readonly Mark[]][] = []
  const marks = new MarkBoard((before, after) => changes.push([before, after]))
  return { marks, changes }
}

function drawLength(marks: MarkBoard) {
  marks.press('length', { x: 0, y: 0 })
  marks.point({ x: 3, y: 4 })
  marks.release({ x: 3, y: 4 }, true)
}

test('a drawn mark is one change, and selected', () => {
  const { marks, changes } = board()
  drawLength(marks)
  expect(changes.map(([before, after]) => [before.length, after.length])).toEqual([[0, 1]])
  expect(marks.selected?.points).toEqual([
    { x: 0, y: 0 },
    { x: 3, y: 4 },
  ])
})

test('dragging a point is one change however many steps it takes; what was before comes back', () => {
  const { marks, changes } = board()
  drawLength(marks)
  const id = marks.selectedId!
  marks.drag(id, 1, { x: 1, y: 0 })
  marks.drag(id, 1, { x: 1, y: 0 })
  marks.settle()
  marks.settle()
  expect(marks.selected?.points[1]).toEqual({ x: 5, y: 4 })
  expect(changes.length).toBe(2)
  marks.show(changes[1]![0])
  expect(marks.selected?.points[1]).toEqual({ x: 3, y: 4 })
})

test('a whole mark moves with all its points', () => {
  const { marks } = board()
  drawLength(marks)
  marks.drag(marks.selectedId!, undefined, { x: 10, y: 20 })
  expect(marks.selected?.points).toEqual([
    { x: 10, y: 20 },
    { x: 13, y: 24 },
  ])
})

test('labels are written once, removed marks are gone and no longer selected', () => {
  const { marks, changes } = board()
  drawLength(marks)
  const id = marks.selectedId!
  marks.label(id, 'hilum')
  marks.label(id, 'hilum')
  expect(changes.length).toBe(2)
  marks.remove(id)
  expect([marks.all.length, marks.selectedId]).toEqual([0, undefined])
})

test('a mark half drawn can be given up, and another tool begins anew', () => {
  const { marks } = board()
  marks.press('angle', { x: 0, y: 0 })
  marks.press('length', { x: 1, y: 1 })
  expect(marks.draft?.kind).toBe('length')
  expect(marks.cancel()).toBe(true)
  expect(marks.cancel()).toBe(false)
})

test('only the marks of the frame that is seen are shown', () => {
  const { marks } = board()
  drawLength(marks)
  marks.frame = 2
  expect(marks.shown).toEqual([])
  drawLength(marks)
  expect(marks.shown.length).toBe(1)
  expect(marks.all.length).toBe(2)
})
