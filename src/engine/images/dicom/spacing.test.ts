import { expect, test } from 'vitest'
import { openDicom } from './openDicom.ts'
import { readSpacing } from './spacing.ts'
import { dicomFile, imageElements, type Written } from './testing/writeDicom.ts'

const imager = (millimetres: string): Written => [0x0018_1164, 'DS', millimetres]
const spacing = (millimetres: string): Written => [0x0028_0030, 'DS', millimetres]
const magnification = (factor: string): Written => [0x0018_1114, 'DS', factor]
const modality: Written = [0x0008_0060, 'CS', 'DX']

function spacingOf(...more: readonly Written[]) {
  const pixels: Written = [0x7fe0_0010, 'OB', Uint8Array.of(0, 0, 0, 0)]
  const image = imageElements({ rows: 2, columns: 2, more: [modality, ...more] }, pixels)
  return readSpacing(openDicom(dicomFile('1.2.840.10008.1.2.1', image)).dataSet, 0).pixelSpacing
}

test('a spacing of the detector is divided by the magnification that the file estimates', () => {
  expect(spacingOf(imager('0.15\\0.3'), magnification('1.2'))).toEqual({
    ...{ row: 0.125, column: 0.25 },
    ...{ source: 'magnification', magnification: 1.2 },
  })
})

test('a spacing that repeats the detector’s is none of the patient, and is divided too', () => {
  const found = spacingOf(imager('0.15\\0.15'), spacing('0.15\\0.15'), magnification('1.25'))
  expect(found).toMatchObject({ row: 0.12, source: 'magnification' })
})

test('a spacing that is calibrated already is not divided again', () => {
  const differing = spacingOf(imager('0.15\\0.15'), spacing('0.12\\0.12'), magnification('1.25'))
  expect(differing).toEqual({ row: 0.12, column: 0.12, source: 'calibrated' })
  const named: Written = [0x0028_0a02, 'CS', 'GEOMETRY']
  const said = spacingOf(imager('0.15\\0.15'), spacing('0.15\\0.15'), named, magnification('1.25'))
  expect(said).toEqual({ row: 0.15, column: 0.15, source: 'calibrated' })
})

test('a factor that cannot be, or that says nothing, leaves the spacing at the detector', () => {
  for (const factor of ['0', '-1', '0.8', '1', '250', 'abc', '']) {
    const found = spacingOf(imager('0.15\\0.15'), magnification(factor))
    expect(found).toEqual({ row: 0.15, column: 0.15, source: 'detector' })
  }
})

test('a spacing of which nobody knows whether it is the detector’s is left as it is', () => {
  const found = spacingOf(spacing('0.15\\0.15'), magnification('1.2'))
  expect(found).toEqual({ row: 0.15, column: 0.15, source: 'detector' })
})
