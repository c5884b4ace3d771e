import { expect, test } from 'vitest'
import { withoutFolders, withoutPaths } from './withoutFolders.ts'

test('the window is told names, never folders', () => {
  expect(withoutFolders('/home/Jane Doe/films/a b.png: no picture')).toBe('a b.png: no picture')
  expect(withoutFolders("cannot read '/x/y.png' (ENOENT)")).toBe("cannot read 'y.png' (ENOENT)")
  expect(withoutFolders('C:\\Users\\Jane\\a.png is damaged')).toBe('a.png is damaged')
  expect(withoutFolders('\\\\server\\share\\a.png is damaged')).toBe('a.png is damaged')
})

test('slashes that are no paths stay', () => {
  for (const words of ['1/2 of it', 'and / or', 'x/255', 'https://example.org/a', 'train/NORMAL']) {
    expect(withoutFolders(words)).toBe(words)
  }
})

test('the log is told neither folders nor names', () => {
  expect(withoutPaths('E: /home/Jane Doe/a.png: bad')).toBe('E: <file>: bad')
  expect(withoutPaths('Doe_Jane.dcm: cut off, IM-0001.jpeg too')).toBe(
    '<file>: cut off, <file> too',
  )
  expect(withoutPaths('TensorFlow 2.21.0, 2/3 done')).toBe('TensorFlow 2.21.0, 2/3 done')
})
