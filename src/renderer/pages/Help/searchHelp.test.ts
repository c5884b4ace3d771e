import { expect, test } from 'vitest'
import type { HelpBlock, HelpPage } from '../../../shared/help.ts'
import { searchHelp } from './searchHelp.ts'

const inline = (text: string) => [{ kind: 'text' as const, text }]
const paragraph = (text: string): HelpBlock => ({ kind: 'paragraph', content: inline(text) })
const heading = (text: string, level: number): HelpBlock => ({
  ...{ kind: 'heading', level, anchor: text.toLowerCase(), content: inline(text) },
})
const page = (id: string, title: string, ...blocks: HelpBlock[]): HelpPage => ({
  ...{ id, title, group: 'Work', blocks: [heading(title, 1), ...blocks] },
})
const table: HelpBlock = {
  kind: 'table',
  head: [inline('a'), inline('b')],
  rows: [[inline('patient'), inline('film')]],
}
const long = `${'grey film '.repeat(40)}and the threshold ${'of a model '.repeat(40)}`
const pages = [
  page('import', 'Import', paragraph('A folder.'), heading('Tables', 2), table),
  page('judge', 'Judge', paragraph('The patient.'), heading('Threshold', 2), paragraph(long)),
]

test('a section is found by all of its words, in any order and case', () => {
  expect(searchHelp(pages, 'FILM patient')).toEqual([
    { page: 'import', anchor: 'tables', pageTitle: 'Import', heading: 'Tables', excerpt: 'patient · film' }, // prettier-ignore
  ])
  expect(searchHelp(pages, 'patient xyzzy')).toEqual([])
  expect(searchHelp(pages, '  ')).toEqual([])
})

test('a section that is called so comes before those that mention it', () => {
  const mentioned = page('a', 'First', paragraph('Tables are read.'))
  expect(searchHelp([mentioned, ...pages], 'tables').map((hit) => hit.page)).toEqual([
    'import',
    'a',
  ])
})

test('of a long text whole words about the one that was sought are shown', () => {
  const { excerpt } = searchHelp(pages, 'threshold')[0]!
  expect(excerpt).toMatch(/^… (grey|film) .* threshold of a .* (of|a|model) …$/)
  expect(excerpt.length).toBeLessThan(170)
})
