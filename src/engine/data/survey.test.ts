import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Job } from '../../shared/rpc/contract.ts'
import { readRaster } from '../images/readRaster.ts'
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

test('masks beside the films that they are of are none', async () => {
  await put('COVID/images/1.png')
  await put('COVID/masks/1.png')
  await put('Normal/images/1.png')
  await put('Normal/masks/1.png')
  await put('masks/1.png')
  const { films, refused } = await survey()
  expect(placed(films)).toEqual([
    ['COVID/images/1.png', undefined, 'COVID'],
    ['Normal/images/1.png', undefined, 'Normal'],
    ['masks/1.png', undefined, 'masks'],
  ])
  expect(refused.map(({ reason }) => reason.slice(root.length + 1))).toEqual([
    'COVID/masks/1.png: a mask, as its folder says, of a film in the folder beside',
    'Normal/masks/1.png: a mask, as its folder says, of a film in the folder beside',
  ])
})

test('a table among films is offered as one and not called a broken picture', async () => {
  await put('1.jpg')
  await put('labels.csv', 'file,label\n1.jpg,A\n')
  const { tables, refused } = await survey()
  expect(tables).toEqual([join(root, 'labels.csv')])
  expect(refused).toEqual([
    { path: join(root, 'labels.csv'), code: 'UNSUPPORTED', reason: `${join(root, 'labels.csv')}: a table, no film; it may say what the films show` }, // prettier-ignore
  ])
})

test('a workbook among films is told what to make of it', async () => {
  await put('1.jpg')
  await put('labels.xlsx', 'PK\x03\x04 and so on')
  const [refused] = (await survey()).refused
  expect(refused?.reason).toContain('a workbook: save its sheet as CSV to take labels from it')
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

/** Two pictures of 2×3 pixels, and their labels. */
const idxPictures = (count = 2) =>
  Buffer.concat([
    Buffer.from([0, 0, 8, 3, 0, 0, 0, count, 0, 0, 0, 2, 0, 0, 0, 3]),
    Buffer.from(Array.from({ length: 6 * count }, (_, at) => 10 * at)),
  ])
const idxLabels = (...labels: number[]) =>
  Buffer.from([0, 0, 8, 1, 0, 0, 0, labels.length, ...labels])

test("MNIST's idx files, compressed or not, are films with classes and parts", async () => {
  await put('train-images-idx3-ubyte.gz', gzipSync(idxPictures()))
  await put('train-labels-idx1-ubyte', idxLabels(10, 2))
  await put('t10k-images.idx3-ubyte', idxPictures(1))
  await put('t10k-labels.idx1-ubyte.gz', gzipSync(idxLabels(2)))
  const { layout, classes, films, refused } = await survey()
  expect([layout, classes, refused]).toEqual(['idx', ['2', '10'], []])
  const seen = films.map(({ path, className, part }) => [path.slice(root.length + 1), className, part]) // prettier-ignore
  expect(seen).toEqual([
    ['t10k-images.idx3-ubyte#idx=0', '2', 'test'],
    ['train-images-idx3-ubyte.gz#idx=0', '10', 'train'],
    ['train-images-idx3-ubyte.gz#idx=1', '2', 'train'],
  ])
  const { rows, columns, samples } = await readRaster(films[2]!.path)
  expect([rows, columns, [...samples]]).toEqual([2, 3, [60, 70, 80, 90, 100, 110]])
  await expect(readRaster(`${films[2]!.path}0`)).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test.each([
  ['labels are missing', [], /train-labels-idx1-ubyte beside it/],
  ['there are fewer labels than pictures', [3], /2 pictures, but 1 labels/],
])('idx pictures are refused when %s', async (_, labels, reason) => {
  await put('train-images-idx3-ubyte', idxPictures())
  if (labels.length > 0) await put('train-labels-idx1-ubyte', idxLabels(...labels))
  const { layout, films, refused } = await survey()
  expect([layout, films, refused.length]).toEqual(['idx', [], 1])
  expect(refused[0]!.reason).toMatch(reason)
})

test('a cut idx file is refused by its length, and one beside films of their own is passed over', async () => {
  await put('train-images-idx3-ubyte', idxPictures().subarray(0, 20))
  await put('train-labels-idx1-ubyte', idxLabels(1, 2))
  const cut = await survey()
  expect(cut.refused.map(({ code }) => code)).toEqual(['TRUNCATED'])
  expect(cut.refused[0]!.reason).toContain('ends after 20 of 28 bytes')
  await put('a.jpg')
  expect((await survey()).films).toHaveLength(1)
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
    expect([digits.layout, digits.refused.length]).toEqual(['idx', 1])
    expect([digits.films.length, digits.classes.join('')]).toEqual([70_000, '0123456789'])
    expect(digits.films.filter(({ part }) => part === 'test')).toHaveLength(10_000)
  },
)
