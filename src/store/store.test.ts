import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { openDatabase } from './database.ts'
import type { StoredDataset } from './dataset.ts'
import type { StoredImage } from './image.ts'
import { openLibraryFolder, type LibraryFolder } from './libraryFolder.ts'
import { migrate, migrations, versionOf } from './migrate.ts'
import { newId } from './newId.ts'
import { openStore, type Store } from './store.ts'

const clean: (() => void)[] = []
afterEach(() =>
  clean
    .splice(0)
    .reverse()
    .forEach((undo) => undo()),
)

function freshFolder(): LibraryFolder {
  const root = mkdtempSync(join(tmpdir(), 'pneumoscope-store-'))
  clean.push(() => rmSync(root, { recursive: true, force: true }))
  return openLibraryFolder(root)
}

function open(folder = freshFolder()): Store {
  const store = openStore(folder, 'test')
  clean.push(() => store.close())
  return store
}

const dataset = (id: string): StoredDataset => ({
  id,
  name: 'Films',
  createdAt: '2024-01-01T00:00:00.000Z',
  root: '/films',
  layout: 'classes',
  classes: ['NORMAL', 'PNEUMONIA'],
  images: 0,
  patients: 0,
  refused: 0,
  duplicates: 0,
  synthetic: false,
  counts: [],
})

const image = (n: number, more: Partial<StoredImage> = {}): StoredImage => ({
  id: newId(),
  path: `/films/${n}.png`,
  fileName: `${n}.png`,
  patient: `p${n}`,
  thumbnail: `${n}.jpg`,
  format: 'png',
  rows: 4,
  columns: 3,
  samplesPerPixel: 1,
  bytes: 100,
  fileHash: `file${n}`,
  pixelHash: `pixel${n}`,
  synthetic: true,
  ...more,
})

test('what was written is there after the library was closed and opened again', () => {
  const folder = freshFolder()
  const first = openStore(folder, 'test')
  first.datasets.insert(dataset('d'))
  first.datasets.complete('d')
  first.settings.write('page', 'review')
  first.close()
  const second = open(folder)
  expect(second.datasets.all()).toEqual([dataset('d')])
  expect(second.settings.read('page')).toBe('review')
  expect(second.settings.read('nothing')).toBeUndefined()
})

test('a library of a newer version is refused and not a byte of it changes', () => {
  const folder = freshFolder()
  openStore(folder, 'test').close()
  const database = openDatabase(folder.database)
  database.exec(`PRAGMA user_version = ${migrations.length + 1}`)
  database.close()
  const before = readFileSync(folder.database)
  expect(() => openStore(folder, 'test')).toThrow(
    expect.objectContaining({ code: 'NEWER_VERSION' }),
  )
  expect(readFileSync(folder.database).equals(before)).toBe(true)
})

test('a migration that fails leaves the version before it whole', () => {
  const database = openDatabase(freshFolder().database)
  clean.push(() => database.close())
  migrate(database, ['CREATE TABLE a (n INTEGER)'])
  const broken = ['CREATE TABLE a (n INTEGER)', 'CREATE TABLE b (n INTEGER); DROP TABLE missing']
  expect(() => migrate(database, broken)).toThrow()
  expect(versionOf(database)).toBe(1)
  expect(() => database.prepare('SELECT * FROM b')).toThrow()
  migrate(database, ['CREATE TABLE a (n INTEGER)', 'CREATE TABLE b (n INTEGER)'])
  expect(versionOf(database)).toBe(2)
})

test('a file that is no database is called damaged', async () => {
  const folder = freshFolder()
  const { writeFileSync } = await import('node:fs')
  writeFileSync(folder.database, 'not a database, '.repeat(1000))
  expect(() => openStore(folder, 'test')).toThrow(expect.objectContaining({ code: 'DAMAGED' }))
})

test('a data set that was not completed is never seen, and is gone after the next start', () => {
  const folder = freshFolder()
  const first = openStore(folder, 'test')
  const film = image(1, { datasetId: 'half' })
  first.datasets.insert(dataset('half'))
  first.images.insert(film, 0)
  expect(first.datasets.all()).toEqual([])
  expect(first.datasets.find('half')).toBeUndefined()
  const beside = openStore(folder, 'test')
  expect(beside.images.find(film.id)).toEqual(film)
  beside.close()
  first.close()
  expect(open(folder).images.find(film.id)).toBeUndefined()
})

test('filters and facets count what they say', () => {
  const { datasets, images } = open()
  datasets.insert(dataset('d'))
  datasets.complete('d')
  datasets.insert(dataset('other'))
  datasets.complete('other')
  const films = [
    image(1, { datasetId: 'd', className: 'NORMAL', part: 'train' }),
    image(2, { datasetId: 'd', className: 'NORMAL', part: 'test' }),
    image(3, { datasetId: 'd', className: 'PNEUMONIA', part: 'train' }),
    image(4, { datasetId: 'd', className: 'PNEUMONIA' }),
    image(5, { datasetId: 'd', className: 'PNEUMONIA', part: 'test', fileName: '100%_a.png' }),
    image(6, { datasetId: 'other', className: 'NORMAL', part: 'train' }),
  ]
  films.forEach((film, n) => images.insert(film, n))
  const names = (filter: Parameters<typeof images.page>[1]) =>
    images.page('d', filter, 0, 100).images.map(({ fileName }) => fileName)

  expect(images.page('d', {}, 1, 2)).toMatchObject({
    total: 5,
    images: [{ fileName: '2.png' }, { fileName: '3.png', synthetic: true }],
  })
  expect(names({ classes: ['NORMAL'], parts: ['train'] })).toEqual(['1.png'])
  expect(names({ parts: ['unassigned'] })).toEqual(['4.png'])
  expect(names({ classes: [] })).toHaveLength(5)
  expect(names({ search: 'P3' })).toEqual(['3.png'])
  expect(names({ search: '%' })).toEqual(['100%_a.png'])
  expect(images.facets('d', { classes: ['NORMAL'], parts: ['train'] })).toEqual({
    classes: [
      { value: 'NORMAL', count: 1 },
      { value: 'PNEUMONIA', count: 1 },
    ],
    parts: [
      { value: 'test', count: 1 },
      { value: 'train', count: 1 },
    ],
    sizes: [{ value: 'small', count: 1 }],
    tags: [],
    perPatient: [{ value: 'one', count: 1 }],
    ages: [{ value: 'untold', count: 1 }],
    views: [{ value: 'untold', count: 1 }],
    flags: [],
    excluded: 0,
    copies: 0,
  })
  expect(images.get(films[3]!.id)).toEqual(films[3])
})

test('a film on the worklist outlives its data set, and its score and verdict go by content', () => {
  const { datasets, images, review, predictions, models, transaction } = open()
  datasets.insert(dataset('d'))
  datasets.complete('d')
  const [kept, lost] = [image(1, { datasetId: 'd' }), image(2, { datasetId: 'd' })]
  const copy = image(3, { fileHash: kept.fileHash })
  transaction(() => [kept, lost, copy].forEach((film, n) => images.insert(film, n)))
  expect(review.add(kept.id)).toBe(true)
  expect(review.add(kept.id)).toBe(false)
  review.note(kept.id, 'left base', '2024-01-02T00:00:00.000Z')
  review.decide(kept.id, reading('normal', 1))
  expect(predictions.find(kept.id, 'm')).toBeUndefined()
  expect(models.all()).toEqual([])
  datasets.delete('d')
  expect(images.find(lost.id)).toBeUndefined()
  review.add(copy.id)
  expect(review.items(undefined)).toMatchObject([
    { image: { id: kept.id }, verdict: 'normal', note: 'left base' },
    { image: { id: copy.id }, verdict: 'normal' },
  ])
  review.remove([kept.id])
  expect(review.imageIds()).toEqual([copy.id])
  expect(images.find(kept.id)).toBeUndefined()
})

const reading = (
  verdict: 'normal' | 'pneumonia' | 'unsure',
  second: number,
  scoreSeen = false,
) => ({
  ...{ verdict, seconds: 10 * second, scoreSeen },
  decidedAt: `2024-01-02T00:00:0${second}.000Z`,
})

test('every verdict is kept with its time, and taking the newest back brings the one before', () => {
  const { images, review, transaction } = open()
  const film = image(1)
  transaction(() => images.insert(film, 0))
  review.add(film.id)
  const [first, second] = [reading('pneumonia', 1), reading('normal', 2, true)]
  review.decide(film.id, first)
  review.decide(film.id, second)
  expect(review.readings(film.id)).toEqual([first, second])
  expect(review.takeBack(film.id)).toEqual(first)
  expect(review.items(undefined)).toMatchObject([{ verdict: 'pneumonia' }])
  expect(review.takeBack(film.id)).toBeUndefined()
  expect(review.takeBack(film.id)).toBeUndefined()
  expect(review.items(undefined)[0]?.verdict).toBeUndefined()
})

test('marks and a wrong polarity go by content and can be taken away again', () => {
  const { images, marks, transaction } = open()
  const film = image(1)
  const copy = image(2, { fileHash: film.fileHash })
  transaction(() => [film, copy].forEach((each, n) => images.insert(each, n)))
  const drawn = {
    marks: [
      {
        ...{ id: 'm', kind: 'length' as const, frame: 1, label: 'hilum' },
        points: [
          { x: 1.5, y: 2 },
          { x: 3, y: 4 },
        ],
      },
    ],
    ruler: { aspect: 1, spacing: { row: 0.1, column: 0.1, source: 'detector' as const } },
  }
  marks.write(film.id, drawn, '2024-01-02T00:00:00.000Z')
  expect(marks.find(copy.id)).toEqual(drawn)
  marks.write(copy.id, { ...drawn, marks: [] }, '2024-01-02T00:00:01.000Z')
  expect(marks.find(film.id)).toBeUndefined()
  marks.turn(film.id, true)
  marks.turn(copy.id, true)
  expect([marks.isTurned(film.id), marks.isTurned(copy.id)]).toEqual([true, true])
  marks.turn(film.id, false)
  expect(marks.isTurned(copy.id)).toBe(false)
})

test('ids sort by the time of their making', () => {
  const ids = [newId(1), newId(2), newId(16 ** 4), newId(Date.now())]
  expect([...ids].sort()).toEqual(ids)
  expect(new Set(Array.from({ length: 1000 }, () => newId(1))).size).toBe(1000)
})
