import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import type { DicomFacts } from '../shared/domain/dicom.ts'
import { openLibraryFolder } from '../store/libraryFolder.ts'
import { openStore } from '../store/store.ts'
import { otherFilms } from './otherFilms.ts'

const root = mkdtempSync(join(tmpdir(), 'pneumoscope-priors-'))
const store = openStore(openLibraryFolder(root), 'test')
afterEach(() => {
  store.close()
  rmSync(root, { recursive: true, force: true })
})

function keep(id: string, patient: string, facts?: Partial<DicomFacts>) {
  store.images.insert(
    {
      ...{ id, path: `/${id}`, fileName: id, patient, thumbnail: '', format: 'dicom' },
      ...{ rows: 1, columns: 1, samplesPerPixel: 1, bytes: 1, synthetic: false },
      ...{ fileHash: facts?.sopInstanceUid ?? id, pixelHash: id },
      ...(facts && {
        dicom: {
          ...{ sopClass: '', transferSyntax: '', photometric: 'MONOCHROME2', frames: 1 },
          ...{ bitsAllocated: 8, bitsStored: 8, lossy: false, patientKey: patient },
          ...{ studyUid: id, seriesUid: id, sopInstanceUid: id },
          ...facts,
        },
      }),
    },
    0,
  )
}

test('priors of the same patient come newest first, each content once; other patients never', () => {
  keep('now', 'p', { studyDate: '2024-03-01', studyUid: 's' })
  keep('lateral', 'p', { studyDate: '2024-03-01', studyUid: 's', instanceNumber: 2 })
  keep('old', 'p', { studyDate: '2020-01-01' })
  keep('recent', 'p', { studyDate: '2024-02-28' })
  keep('later', 'p', { studyDate: '2024-04-01' })
  keep('undated', 'p', {})
  keep('old-copy', 'p', { studyDate: '2020-01-01', sopInstanceUid: 'old' })
  keep('stranger', 'q', { studyDate: '2020-01-01' })
  keep('picture', 'p')
  expect(otherFilms(store, 'now').map(({ image, relation }) => [image.id, relation])).toEqual([
    ['later', 'later'],
    ['lateral', 'same-study'],
    ['recent', 'prior'],
    ['old', 'prior'],
    ['undated', 'undated'],
  ])
  expect(otherFilms(store, 'picture')).toEqual([])
})
