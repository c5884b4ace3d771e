/** Data sets of DICOM films: labels by their identifiers, and an export that names nobody and outlives a power cut. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs' // prettier-ignore
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { localClient } from '../../src/cli/localEngine.ts'
import { engineHandlers } from '../../src/engine/handlers.ts'
import { openDicom } from '../../src/engine/images/dicom/openDicom.ts'
import { engineContract } from '../../src/shared/contracts/engine.ts'
import { openLibraryFolder } from '../../src/store/libraryFolder.ts'
import { openStore } from '../../src/store/store.ts'
import { exportDataset } from '../../src/workflows/datasetVersions/exportDataset.ts'
import { editFilms } from '../../src/workflows/editFilms.ts'
import { importFolder } from '../../src/workflows/importFolder.ts'
import type { Library } from '../../src/workflows/library.ts'
import { writeDicomFilm } from '../e2e/dicomFilm.ts'

const root = mkdtempSync(join(tmpdir(), 'pneumoscope-dicom-set-'))
const at = (...names: string[]) => join(root, ...names)
const quiet = { signal: new AbortController().signal, report: () => undefined }
let library: Library

/** Six films of three patients, two of each; their names, folders and headers all tell who they are of. */
beforeAll(() => {
  const store = openStore(openLibraryFolder(at('library')), 'test')
  library = { store, engine: localClient(engineContract, engineHandlers()) }
  mkdirSync(at('films', 'PLANTED-folder'), { recursive: true })
  for (let n = 0; n < 6; n++) {
    const patient = Math.floor(n / 2)
    writeDicomFilm(at('films', 'PLANTED-folder'), `PLANTED-file-${n}.dcm`, {
      ...{ rows: 56, columns: 64, haze: n / 10 },
      ...{ patientId: `PLANTED-id-${patient}`, patientName: `PLANTED^Name${patient}` },
      more: [
        [0x00081030, 'LO', 'PLANTED study'],
        [0x00104000, 'LT', 'PLANTED comment'],
      ],
    })
  }
})
afterAll(() => {
  library.store.close()
  rmSync(root, { recursive: true, force: true })
})

/** What tells the films of the folder apart, in the order of their names. */
function identifiers() {
  const folder = at('films', 'PLANTED-folder')
  return readdirSync(folder).map((name) => {
    const { dataSet } = openDicom(readFileSync(join(folder, name)))
    const of = (tag: number) => dataSet.ascii(tag)!
    return { name, sop: of(0x0008_0018), study: of(0x0020_000d), patient: of(0x0010_0020) }
  })
}

async function labelled(name: string, rows: readonly (readonly string[])[]) {
  const file = at(`${name}.csv`)
  writeFileSync(file, rows.map((row) => `${row.join(',')}\n`).join(''))
  const order = { paths: [at('films')], name, labels: { file } }
  const { dataset, refusals } = await importFolder(library, order, quiet)
  const classes = library.store.images
    .ofDataset(dataset.id)
    .map(({ fileName, className }) => [fileName, className])
    .sort()
  return { dataset, classes, refusals }
}

const expected = (label: (n: number) => string) =>
  Array.from({ length: 6 }, (_, n) => [`PLANTED-file-${n}.dcm`, label(n)])

test('a table labels DICOM films by SOP Instance UID, film by film', async () => {
  const label = (n: number) => (n % 2 === 0 ? 'Normal' : 'Pneumonia')
  const rows = identifiers().map(({ sop }, n) => [sop, label(n)])
  const { dataset, classes } = await labelled('by sop', [['SOPInstanceUID', 'Diagnosis'], ...rows])
  expect(dataset.labels?.columns.map(({ role }) => role)).toEqual(['sop', 'label'])
  expect(classes).toEqual(expected(label))
})

test('a table labels DICOM films by Study Instance UID, all films of a study alike', async () => {
  const studies = [...new Set(identifiers().map(({ study }) => study))]
  const label = (study: string) => (studies.indexOf(study) % 2 === 0 ? 'Normal' : 'Pneumonia')
  const rows = studies.map((study) => [study, label(study)])
  const { dataset, classes } = await labelled('by study', [['StudyInstanceUID', 'Diagnosis'], ...rows]) // prettier-ignore
  expect(dataset.labels?.columns.map(({ role }) => role)).toEqual(['study', 'label'])
  expect(classes).toEqual(identifiers().map(({ name, study }) => [name, label(study)]))
})

test('a table labels DICOM films by Patient ID, all films of a patient alike', async () => {
  const label = (patient: number) => (patient === 1 ? 'Pneumonia' : 'Normal')
  const rows = [0, 1, 2].map((patient) => [`PLANTED-id-${patient}`, label(patient)])
  const { dataset, classes, refusals } = await labelled('by patient', [['PatientID', 'Diagnosis'], ...rows, ['PLANTED-id-9', 'Normal']]) // prettier-ignore
  expect(dataset.labels?.columns.map(({ role }) => role)).toEqual(['patientId', 'label'])
  expect(classes).toEqual(expected((n) => label(Math.floor(n / 2))))
  // Nobody of that id is there, and the row is named by its line.
  expect(refusals.map(({ line }) => line)).toEqual([5])
  expect(dataset.patients).toBe(3)
})

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)],
  )
}

test('an export without patients holds no planted word in any file or name, and tells patients apart', async () => {
  const { dataset } = await labelled('to be shared', [
    ['PatientID', 'Diagnosis'],
    ...[0, 1, 2].map((patient) => [`PLANTED-id-${patient}`, patient === 1 ? 'Pneumonia' : 'Normal']), // prettier-ignore
  ])
  const { store } = library
  const imageIds = store.images.ofDataset(dataset.id).map(({ id }) => id)
  const change = { addTags: ['PLANTED tag'], note: 'PLANTED note on Mrs Smith', part: 'train' as const } // prettier-ignore
  editFilms(library, { datasetId: dataset.id, imageIds, change })
  const folder = at('shared')
  const { files, refused } = await exportDataset(
    library,
    { datasetId: dataset.id, folder, how: 'copy', deidentify: true },
    quiet,
  )
  expect([files, refused]).toEqual([6, []])
  const written = filesBelow(folder)
  expect(written).toHaveLength(8)
  for (const file of written) {
    expect(relative(folder, file)).not.toContain('PLANTED')
    const bytes = readFileSync(file)
    for (const word of [
      'PLANTED',
      'Smith',
      ...identifiers().flatMap(({ sop, study }) => [sop, study]),
    ])
      // prettier-ignore
      expect(bytes.includes(word), `${file}: ${word}`).toBe(false)
  }
  // The marks are there to be found in what it was made from.
  expect(readFileSync(at('films', 'PLANTED-folder', 'PLANTED-file-0.dcm')).includes('PLANTED')).toBe(true) // prettier-ignore
  const rows = readFileSync(join(folder, 'films.csv'), 'utf8').trimEnd().split('\r\n').slice(1)
  expect(new Set(rows.map((row) => row.split(',')[3])).size).toBe(3)

  // With patients, what a person wrote goes along.
  const plain = at('kept')
  await exportDataset(library, { datasetId: dataset.id, folder: plain, how: 'copy', deidentify: false }, quiet) // prettier-ignore
  const table = readFileSync(join(plain, 'films.csv'), 'utf8')
  expect(table).toContain('PLANTED tag,PLANTED note on Mrs Smith')
})

// Where a file handle leads can be asked of Linux alone.
test.runIf(process.platform === 'linux')(
  'every file and folder of an export has reached the disk when it appears',
  async () => {
    const probe = await open(root, 'r')
    const handles = Object.getPrototypeOf(probe) as typeof probe
    await probe.close()
    const synced: string[] = []
    const spy = vi.spyOn(handles, 'sync').mockImplementation(function (this: typeof probe) {
      synced.push(readlinkSync(`/proc/self/fd/${this.fd}`))
      return this.datasync()
    })
    try {
      const [dataset] = library.store.datasets.all()
      const folder = at('durable')
      await exportDataset(library, { datasetId: dataset!.id, folder, how: 'copy', deidentify: false }, quiet) // prettier-ignore
      const temporary = synced.find((path) => path.startsWith(at('.durable')))!.slice(root.length + 1).split('/')[0]! // prettier-ignore
      const below = (path: string) => at(temporary, relative(folder, path))
      const films = filesBelow(folder).filter((path) => path.endsWith('.dcm'))
      expect(films).toHaveLength(6)
      for (const film of films) expect(synced).toContain(below(film))
      const folders = new Set(films.map((film) => join(film, '..')))
      for (const each of [folder, ...folders]) expect(synced).toContain(below(each))
      expect(synced.at(-1)).toBe(root)
    } finally {
      spy.mockRestore()
    }
  },
)
