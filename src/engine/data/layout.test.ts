import { expect, test } from 'vitest'
import { partOf, readLayout, withoutPatientFolders } from './layout.ts'

const placings = (...paths: string[]) => readLayout(paths).placings

test('classes are found below folders of patients, of folds, and of images', () => {
  const normal = { className: 'NORMAL' }
  for (const around of [
    'patient0001',
    'PAT-0001',
    'subject_12',
    'fold0',
    'cv 3',
    '1.2.840.113619.2.5',
  ])
    expect(placings(`${around}/NORMAL/1.png`, 'other/PNEUMONIA/2.png')[0], around).toEqual(normal)
  expect(placings('train/images/A/1.png', 'test/images/B/2.png')).toEqual([
    { part: 'train', className: 'A' },
    { part: 'test', className: 'B' },
  ])
  // What stands beside the classes of one part alone is one of them.
  expect(placings('train/images/1.png', 'train/A/2.png')).toMatchObject([
    { className: 'images' },
    { className: 'A' },
  ])
})

test('parts are known by the words that data sets have for them', () => {
  const said = ['Train', 'training_set', 'test-set', 'valid images', 'val_data', 'validate', 'set', 'testament'] // prettier-ignore
  expect(said.map(partOf)).toEqual([
    ...['train', 'train', 'test', 'validation', 'validation', 'validation'],
    ...[undefined, undefined],
  ])
})

test('folders that hold one DICOM patient each are no classes', () => {
  const paths = ['MUELLER/1/a', 'MUELLER/2/b', 'MEIER/1/c', 'SMITH/1/d']
  const layout = readLayout(paths)
  expect(withoutPatientFolders(layout, ['m', 'm', 'e', 's'])).toMatchObject({
    ...{ layout: 'flat', classes: [], placings: [{}, {}, {}, {}] },
  })
  // A patient in two of them, or files that tell none: they are classes.
  expect(withoutPatientFolders(layout, ['m', 'm', 'e', 'e'])).toBe(layout)
  expect(withoutPatientFolders(layout, ['m', 'm', 'e', undefined])).toBe(layout)
})

test('folders that merely hold pictures are no classes', () => {
  for (const paths of [
    ['images_001/images/1.png', 'images_002/images/2.png'],
    ['stage_2_train_images/1.dcm', 'stage_2_test_images/2.dcm'],
    ['CXR_png/1.png', 'CXR_png/2.png'],
    ['dicom/1', 'png/2'],
  ])
    expect(readLayout(paths).classes, paths[0]).toEqual([])
  expect(readLayout(['CXR_png/1.png'])).toMatchObject({ layout: 'flat', placings: [{}] })
  expect(readLayout(['PNEUMONIA/1.png']).classes).toEqual(['PNEUMONIA'])
  expect(readLayout(['CT/1.png', 'CXR/2.png']).classes).toEqual(['CT', 'CXR'])
})
