import { expect, test } from 'vitest'
import { anchorOf, readPage } from './readPage.ts'

const blocks = (markdown: string) => readPage('page', markdown)
const text = (words: string) => ({ kind: 'text', text: words })

test('headings, lists, code and tables become data', () => {
  const read = blocks(
    '# Two «words»\n\n1. one\n2. `two`\n\n```sh\nls\n```\n\n| a |\n| - |\n| b |\n',
  )
  expect(read).toEqual([
    { kind: 'heading', level: 1, anchor: 'two-words', content: [text('Two «words»')] },
    {
      kind: 'list',
      ordered: true,
      items: [
        [{ kind: 'paragraph', content: [text('one')] }],
        [{ kind: 'paragraph', content: [{ kind: 'code', text: 'two' }] }],
      ],
    },
    { kind: 'code', text: 'ls' },
    { kind: 'table', head: [[text('a')]], rows: [[[text('b')]]] },
  ])
})

test('a key is a key, and any other HTML is a mistake that is told with its line', () => {
  const [paragraph] = blocks('Press <kbd>Ctrl</kbd>+<kbd>K</kbd>.')
  expect(paragraph).toEqual({
    kind: 'paragraph',
    content: [
      text('Press '),
      { kind: 'key', text: 'Ctrl' },
      text('+'),
      { kind: 'key', text: 'K' },
      text('.'),
    ],
  })
  expect(() => blocks('one\n\n<img src=x onerror=alert(1)>')).toThrow('page.md, line 3')
  expect(() => blocks('a <b>bold</b> word')).toThrow('page.md, line 1')
  expect(() => blocks('<kbd>a')).toThrow('html')
})

test('links lead to pages of the help; other addresses are written out', () => {
  const [paragraph] = blocks('[a](cli.md#train) [b](#here) [c](https://x.org/) [d](../README.md)')
  expect(paragraph).toMatchObject({
    content: [
      { kind: 'link', page: 'cli', anchor: 'train', content: [text('a')] },
      text(' '),
      { kind: 'link', page: 'page', anchor: 'here' },
      text(' '),
      text('c'),
      text(' (https://x.org/)'),
      text(' '),
      text('d'),
    ],
  })
})

test('a picture is one of the screenshots, alone in its paragraph', () => {
  expect(blocks('![What is seen](screenshots/run-1280.png)')).toEqual([
    { kind: 'picture', file: 'run-1280.png', caption: 'What is seen' },
  ])
  expect(() => blocks('![x](https://x.org/x.png)')).toThrow('image')
  expect(() => blocks('![x](screenshots/../../secret.png)')).toThrow('image')
})

test('anchors are those of GitHub', () => {
  expect(anchorOf('Fuses and sandbox')).toBe('fuses-and-sandbox')
  expect(anchorOf('What is kept, and where?')).toBe('what-is-kept-and-where')
})
