import { afterEach, beforeEach, expect, test } from 'vitest'
import { ageInYears } from '../shared/ageInYears.ts'
import type { DicomFacts } from '../shared/domain/dicom.ts'
import { openDatabase } from './database.ts'
import { migrate, migrations } from './migrate.ts'
import type { NewFinding } from './qualityCheck.ts'
import type { Store } from './store.ts'
import { storedDataset, storedImage, temporaryStore } from './testing/storedFilms.ts'

let opened: ReturnType<typeof temporaryStore>
let store: Store
beforeEach(() => {
  opened = temporaryStore()
  store = opened.store
  store.datasets.insert(storedDataset('d'))
})
afterEach(() => opened.remove())

const facts = (more: Partial<DicomFacts>): DicomFacts => ({
  ...{ sopClass: '1', transferSyntax: '1', photometric: 'MONOCHROME2', bitsAllocated: 16 },
  ...{
    bitsStored: 12,
    frames: 1,
    lossy: false,
    studyUid: '1',
    seriesUid: '1',
    sopInstanceUid: '1',
  },
  ...more,
})

/** Bands begin at these years. */
const bands = { infant: 0, 'small-child': 1, child: 6, adult: 18, middle: 40, old: 65 }
const bandOf = (years: number | undefined) =>
  years === undefined
    ? 'untold'
    : Object.entries(bands).filter(([, from]) => years >= from).at(-1)?.[0] // prettier-ignore

test('an age falls into the band that the rest of the program would put it into', () => {
  const told: Partial<DicomFacts>[] = [
    ...['000Y', '001Y', '005Y', '6Y', '17Y', '018Y', '039Y', '040Y', '064Y', '065Y', '120Y'],
    ...['011M', '012M', '6W', '53W', '364D', '366D', '045', 'Y', '0450Y', ' 045Y ', '45y', ''],
  ].map((patientAge) => ({ patientAge }))
  told.push(
    { patientBirthDate: '2000-03-01', studyDate: '2006-02-28' },
    { patientBirthDate: '2000-03-01', studyDate: '2006-03-02' },
    { patientBirthDate: '2010-01-01', studyDate: '2006-03-02' },
    { patientBirthDate: '1800-01-01', studyDate: '2006-03-02' },
    { patientBirthDate: '1930-01-01' },
  )
  told.forEach((more, at) => store.images.insert(storedImage(`f${at}`, { dicom: facts(more) }), at))
  store.datasets.complete('d')
  for (const [at, more] of told.entries()) {
    const band = bandOf(ageInYears(facts(more)))
    const { images } = store.images.page('d', { ages: [band as 'old'] }, 0, 100)
    expect(
      images.map(({ id }) => id),
      JSON.stringify(more),
    ).toContain(`f${at}`)
  }
  const counted = store.images.facets('d', {}).ages.reduce((sum, { count }) => sum + count, 0)
  expect(counted).toBe(told.length)
})

test('a table goes before the file, for age and for view', () => {
  const dicom = facts({ patientAge: '030Y', viewPosition: 'pa' })
  store.images.insert(storedImage('file', { dicom }), 0)
  store.images.insert(storedImage('table', { dicom, age: 70, view: 'Lateral' }), 1)
  store.images.insert(storedImage('neither'), 2)
  store.datasets.complete('d')
  const { ages, views } = store.images.facets('d', {})
  expect(ages.map(({ value }) => value)).toEqual(['adult', 'old', 'untold'])
  expect(views).toEqual([
    { value: 'PA', count: 1 },
    { value: 'lateral', count: 1 },
    { value: 'untold', count: 1 },
  ])
  expect(store.images.page('d', { views: ['lateral'] }, 0, 10).images[0]?.id).toBe('table')
})

test('films of a patient are counted where nobody counted them beforehand', () => {
  const patients = ['a', 'b', 'b', 'b', 'b', 'c', 'c', 'c', 'c', 'c']
  patients.forEach((patient, at) => store.images.insert(storedImage(`f${at}`, { patient }), at))
  store.datasets.complete('d')
  expect(store.images.facets('d', {}).perPatient).toEqual([
    { value: 'one', count: 1 },
    { value: 'few', count: 4 },
    { value: 'many', count: 5 },
  ])
})

test('flags are findings that nobody has decided on, each facet counts under the others', () => {
  for (const [at, name] of ['a', 'b', 'c'].entries()) store.images.insert(storedImage(name), at)
  store.datasets.complete('d')
  const finding = (kind: 'blurred' | 'border', ...imageIds: string[]) => ({
    ...{ kind, severity: 'low' as const, detail: 'It stands out', imageIds },
  })
  const summary = { films: 3, known: 0, unreadable: 0 }
  const check = (...findings: NewFinding[]) => [
    ...store.checks.replace({ datasetId: 'd', checkedAt: '', summary, findings, end: 3 }),
  ]
  check(finding('border', 'a'), finding('blurred', 'a'), finding('blurred', 'b'))
  const flags = () => store.images.facets('d', {}).flags
  expect(flags()).toEqual([
    { value: 'blurred', count: 2 },
    { value: 'border', count: 1 },
  ])
  expect(store.images.row('a')?.flags).toEqual(['blurred', 'border'])
  expect(store.images.page('d', { flags: ['border'] }, 0, 10).images.map(({ id }) => id)).toEqual(['a']) // prettier-ignore
  // A film with a tag can be shown beside what was found of it.
  const before = store.edits.states('d', ['a']).get('a')!
  store.edits.apply('d', 'Tag', [{ imageId: 'a', after: { ...before, tags: ['look'] } }])
  expect(store.quality.findings('d', 'border', 0, 10).findings[0]?.films[0]?.image.tags).toEqual(['look']) // prettier-ignore
  check(finding('blurred', 'b'))
  expect(flags()).toEqual([{ value: 'blurred', count: 1 }])
})

test('films of a library from before are given what the browser counts by', () => {
  const { database: file } = store.folder
  const database = openDatabase(`${file}.old`)
  migrate(database, migrations.slice(0, 14))
  const dicom = JSON.stringify(facts({ patientAge: '011M', viewPosition: 'LL' }))
  database.exec(`INSERT INTO dataset (id, name, created_at, root, layout, classes, images, patients,
      refused, duplicates, synthetic, counts)
    VALUES ('d', 'Old', '', '/', 'flat', '[]', 3, 2, 0, 0, 0, '[]')`)
  for (const [id, patient, pixels, side, told] of [
    ['a', 'p', 'x', 3000, `'${dicom}'`],
    ['b', 'p', 'x', 600, 'NULL'],
    ['c', 'q', 'y', 90, 'NULL'],
  ] as const) {
    // prettier-ignore
    database.exec(`INSERT INTO image (id, dataset_id, position, path, file_name, patient, format, rows,
        columns, samples_per_pixel, bytes, file_hash, pixel_hash, synthetic, thumbnail, dicom)
      VALUES ('${id}', 'd', 0, '', '', '${patient}', 'png', ${side}, ${side}, 1, 1, '${id}', '${pixels}', 0, '', ${told})`)
  }
  database.exec(`INSERT INTO finding VALUES ('f', 'd', 0, 'blurred', 'low', '', NULL), ('g', 'd', 1, 'border', 'low', '', NULL);
    INSERT INTO finding_film VALUES ('f', 0, 'b'), ('g', 0, 'b');
    INSERT INTO quality_check VALUES ('d', '2026-01-01', '{"films":3,"known":0,"unreadable":0}');
    INSERT INTO quality_decision (image_id, kind, decision, excluded_before, decided_at)
      VALUES ('b', 'border', 'no-issue', 0, '')`)
  migrate(database)
  expect(
    database
      .prepare(
        `SELECT id, size, per_patient, age_band, view_position, copied, flags FROM image
        ORDER BY id`,
      )
      .all()
      .map((row) => Object.values(row as Record<string, unknown>)),
  ).toEqual([
    ['a', 'full', 'few', 'infant', 'lateral', 1, '[]'],
    ['b', 'medium', 'few', null, null, 1, '["blurred"]'],
    ['c', 'small', 'one', null, null, 0, '[]'],
  ])
  database.close()
})
