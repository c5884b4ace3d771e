import { expect, test } from 'vitest'
import type { DicomFacts } from '../shared/domain/dicom.ts'
import type { StoredImage } from '../store/image.ts'
import { facetsOf } from './filmFacets.ts'

const film = (path: string, more: Partial<StoredImage> = {}): StoredImage => ({
  ...{ id: path, fileName: path, path, patient: path, thumbnail: 't' },
  ...{ rows: 600, columns: 600, bytes: 1, synthetic: false, format: 'jpeg', samplesPerPixel: 1 },
  ...{ fileHash: 'f', pixelHash: 'p' },
  ...more,
})
const dicom = (facts: Partial<DicomFacts>): Partial<StoredImage> => ({
  format: 'dicom',
  dicom: {
    ...{ sopClass: '', transferSyntax: '', photometric: 'MONOCHROME2', frames: 1, lossy: false },
    ...{ bitsAllocated: 16, bitsStored: 12, studyUid: '', seriesUid: '', sopInstanceUid: '' },
    ...facts,
  },
})

test('films are grouped by what their files say: view, age, sex, institution, depth', () => {
  const facets = facetsOf([
    film('/a/1', dicom({ viewPosition: 'PA', patientAge: '004Y', patientSex: 'F' })),
    film('/a/2', dicom({ viewPosition: 'LL', patientAge: '011M', patientSex: 'M' })),
    film('/a/3', dicom({ patientBirthDate: '1950-06-01', studyDate: '2020-06-02', bitsStored: 16 })), // prettier-ignore
    film('/a/4', { ...dicom({ institution: 'St Elsewhere ', viewPosition: 'AP' }), rows: 2100, columns: 2100 }), // prettier-ignore
    film('/a/5'),
  ])
  expect(facets).toMatchObject({
    View: ['PA', 'lateral', 'not told', 'AP', 'not told'],
    Age: ['1–5 years', 'under 1 year', '65 years and more', 'not told', 'not told'],
    Sex: ['female', 'male', 'not told', 'not told', 'not told'],
    Institution: ['not told', 'not told', 'not told', 'St Elsewhere', 'not told'],
    'Bit depth': ['9–12 bits', '9–12 bits', '13–16 bits', '9–12 bits', '8 bits'],
    Format: ['dicom', 'dicom', 'dicom', 'dicom', 'jpeg'],
  })
  expect(facets['Size']!.at(3)).toBe('2048 pixels and more')
  // All are square.
  expect(facets).not.toHaveProperty('Shape')
})

test('a folder of a part or a class is no source; the first other one by which films differ is', () => {
  const paths = ['/data/train/NORMAL/north/1', '/data/test/PNEUMONIA/north/2', '/data/train/NORMAL/south/3'] // prettier-ignore
  const films = paths.map((path) => film(path, { className: path.split('/')[3] }))
  expect(facetsOf(films)['Source folder']).toEqual(['north', 'north', 'south'])
  const oneSource = ['/data/NORMAL/1', '/data/PNEUMONIA/2']
  const plain = oneSource.map((path) => film(path, { className: path.split('/')[2] }))
  expect(facetsOf(plain)).not.toHaveProperty('Source folder')
})

test('of many values the largest groups are kept, and a folder for each film is no property', () => {
  const folders = Array.from({ length: 100 }, (_, at) => `/data/s${at < 60 ? 0 : at % 20}/${at}`)
  const values = facetsOf(folders.map((path) => film(path)))['Source folder']!
  expect(new Set(values).size).toBe(12)
  expect(values.filter((value) => value === 's0').length).toBe(62)
  expect(values).toContain('others')
  const own = Array.from({ length: 100 }, (_, at) => film(`/data/patient${at}/film`))
  expect(facetsOf(own)).not.toHaveProperty('Source folder')
})
