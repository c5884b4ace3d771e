import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listedFilms } from './listedFilms.ts'

let root = ''
const films = ['NORMAL/a.png', 'PNEUMONIA/a.png', 'PNEUMONIA/b.png'].map((name) => ({
  path: join(tmpdir(), 'films', ...name.split('/')),
}))
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'pneumoscope-list-'))
})
afterAll(() => rm(root, { recursive: true }))

async function listed(text: string) {
  const list = join(root, 'list.txt')
  await writeFile(list, text)
  return listedFilms(list, films)
}

test('a film is named by its file, or with folders where files of one name lie in several', async () => {
  expect(await listed('b.png\n')).toEqual([films[2]])
  expect(await listed('# watched films\r\nPNEUMONIA/a.png\r\n\r\n')).toEqual([films[1]])
  expect(await listed('a.png')).toEqual([films[0], films[1]])
})

test('a list that names nothing, or a film that is not there, is refused', async () => {
  await expect(listed('# nothing\n')).rejects.toThrow('names no film')
  await expect(listed('b.png\nc.png\nd.png')).rejects.toThrow('2 of the 3 films that it names')
  await expect(listedFilms(join(root, 'none.txt'), films)).rejects.toThrow('no such file')
})
