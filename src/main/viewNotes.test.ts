import { expect, test } from 'vitest'
import { createViewNotes } from './viewNotes.ts'

test('a halved look and the pixels that follow it are noted once, and every other look by itself', () => {
  const noted: unknown[] = []
  const append = (...event: unknown[]) => void noted.push(event)
  const views = createViewNotes({ audit: { append } as never })
  views.note('a', { frame: 1, halvings: 1 })
  views.note('a', { frame: 1, halvings: 0 })
  expect(noted.splice(0)).toEqual([['view', 'a', { frame: 1 }]])
  views.note('a', { frame: 1, halvings: 0 })
  views.note('b', { frame: 1, halvings: 2 })
  views.note('a', { frame: 2, halvings: 0 })
  expect(noted).toEqual([
    ['view', 'a', { frame: 1 }],
    ['view', 'b', { frame: 1 }],
    ['view', 'a', { frame: 2 }],
  ])
})
