import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Job } from '../../shared/rpc/contract.ts'
import { surveyFolder } from './survey.ts'

let root = ''
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'survey-'))
})
afterEach(() => rm(root, { recursive: true }))

const jpegHead = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16])
const job = (): Job<{ filesSeen: number }> => ({
  signal: new AbortController().signal,
  report: () => undefined,
})

async function put(path: string, content: Uint8Array | string = jpegHead) {
  await mkdir(dirname(join(root, path)), { recursive: true })
  await writeFile(join(root, path), content)
}
const survey = (...paths: string[]) =>
  surveyFolder({ paths: paths.length > 0 ? paths.map((path) => join(root, path)) : [root] }, job())
const placed = (films: Awaited<ReturnType<typeof survey>>['films']) =>
  films.map((film) => [film.path.slice(root.length + 1), film.part, film.className])

test('parts and classes are read from folder names, below any wrapping folder', async () => {
  await put('chest_xray/train/PNEUMONIA/a.jpg')
  await put('chest_xray/val/NORMAL/b.jpg')
  await put('chest_xray/Test/NORMAL/c.jpg')
  const { layout, classes, films } = await survey()
  expect(layout).toBe('parts-and-classes')
  expect(classes).toEqual(['NORMAL', 'PNEUMONIA'])
  expect(placed(films)).toEqual([
    ['chest_xray/Test/NORMAL/c.jpg', 'test', 'NORMAL'],
    ['chest_xray/train/PNEUMONIA/a.jpg', 'train', 'PNEUMONIA'],
    ['chest_xray/val/NORMAL/b.jpg', 'validation', 'NORMAL'],
  ])
})

test('one part alone is a part, and parts may stand inside classes', async () => {
  await put('train/NORMAL/a.jpg')
  expect(placed((await survey()).films)).toEqual([['train/NORMAL/a.jpg', 'train', 'NORMAL']])
  await put('PNEUMONIA/valid/b.jpg')
  expect(placed((await survey()).films)[0]).toEqual([
    'PNEUMONIA/valid/b.jpg',
    'validation',
    'PNEUMONIA',
  ])
})

test('class folders without parts; folders below a class do not matter', async () => {
  await put('data/NORMAL/x/a.jpg')
  await put('data/PNEUMONIA/b.jpg')
  const { layout, films } = await survey()
  expect(layout).toBe('classes')
  expect(films.map((film) => film.className)).toEqual(['NORMAL', 'PNEUMONIA'])
})

test('a flat folder and single files have no classes; folders dropped together are classes', async () => {
  await put('a.jpg')
  await put('b.jpg')
  const flat = await survey()
  expect([flat.layout, flat.classes, flat.films.length]).toEqual(['flat', [], 2])
  const single = await survey('b.jpg')
  expect([single.root, single.layout, single.films.length]).toEqual([root, 'flat', 1])
  await put('in/NORMAL/c.jpg')
  await put('in/PNEUMONIA/d.jpg')
  const dropped = await survey('in/NORMAL', 'in/PNEUMONIA')
  expect([dropped.root, dropped.layout]).toEqual([join(root, 'in'), 'classes'])
})

test('the content decides: a picture needs no extension, an extension makes no picture', async () => {
  await put('NORMAL/scan')
  await put('NORMAL/README.jpg', 'not a picture')
  await put('NORMAL/empty.jpg', '')
  const { films, refused } = await survey()
  expect(films).toHaveLength(1)
  expect(refused.map(({ path, code }) => [path.slice(root.length + 1), code])).toEqual([
    ['NORMAL/README.jpg', 'UNSUPPORTED'],
    ['NORMAL/empty.jpg', 'TRUNCATED'],
  ])
})

test('what operating systems leave behind is passed over in silence', async () => {
  for (const junk of ['.DS_Store', 'Thumbs.db', 'desktop.ini', '._a.jpg', '__MACOSX/a.jpg']) {
    await put(junk)
  }
  await put('a.jpg')
  const { films, refused } = await survey()
  expect([films.length, refused]).toEqual([1, []])
})

test('a link inside the folder is a film, one that leaves it is refused, a loop ends', async () => {
  const outside = await mkdtemp(join(tmpdir(), 'outside-'))
  await writeFile(join(outside, 'secret.jpg'), jpegHead)
  await put('all/a.jpg')
  await mkdir(join(root, 'train', 'NORMAL'), { recursive: true })
  await symlink(join(root, 'all', 'a.jpg'), join(root, 'train', 'NORMAL', 'linked.jpg'))
  await symlink(join(outside, 'secret.jpg'), join(root, 'out.jpg'))
  await symlink(outside, join(root, 'outFolder'))
  await symlink(root, join(root, 'loop'))
  await symlink(join(root, 'gone'), join(root, 'dangling.jpg'))
  const { films, refused } = await survey()
  expect(films.map((film) => film.path.slice(root.length + 1))).toEqual([
    'all/a.jpg',
    'train/NORMAL/linked.jpg',
  ])
  expect(refused.map(({ path, code }) => [path.slice(root.length + 1), code]).sort()).toEqual([
    ['dangling.jpg', 'NOT_FOUND'],
    ['out.jpg', 'NOT_PERMITTED'],
    ['outFolder', 'NOT_PERMITTED'],
  ])
  await rm(outside, { recursive: true })
})

test("MNIST's idx files are recognised, compressed or not, and refused with a remedy", async () => {
  const pictures = Buffer.concat([Buffer.from([0, 0, 8, 3, 0, 0, 0, 1]), Buffer.alloc(800, 7)])
  await put('train-images-idx3-ubyte.gz', gzipSync(pictures))
  await put('train-labels-idx1-ubyte', Buffer.from([0, 0, 8, 1, 0, 0, 0, 1, 5]))
  const { layout, films, refused } = await survey()
  expect([layout, films, refused.length]).toEqual(['idx', [], 2])
  expect(refused[0]!.reason).toContain('idx')
})

test('a path that does not exist is an error, and a cancelled survey ends', async () => {
  await expect(survey('nowhere')).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await put('a.jpg')
  const controller = new AbortController()
  controller.abort()
  await expect(
    surveyFolder({ paths: [root] }, { ...job(), signal: controller.signal }),
  ).rejects.toMatchObject({ code: 'CANCELLED' })
})

const shared = join('..', 'shared')
test.skipIf(!existsSync(join(shared, 'chest-xray')))(
  'the public chest films and digits are understood (skipped without ../shared)',
  async () => {
    const chest = await surveyFolder({ paths: [join(shared, 'chest-xray')] }, job())
    expect([chest.layout, chest.classes, chest.films.length]).toEqual([
      'parts-and-classes',
      ['NORMAL', 'PNEUMONIA'],
      5216,
    ])
    expect(chest.films.every((film) => film.part === 'train')).toBe(true)
    expect(chest.refused.map(({ path }) => path.endsWith('README.md'))).toEqual([true])
    const digits = await surveyFolder({ paths: [join(shared, 'mnist')] }, job())
    expect([digits.layout, digits.refused.length]).toEqual(['idx', 5])
  },
)
