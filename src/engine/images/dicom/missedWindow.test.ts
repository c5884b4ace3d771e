import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { decodeRaster } from '../readRaster.ts'
import { inspectDicom } from './inspectDicom.ts'
import { renderDicom } from './renderDicom.ts'
import { dicomFile, elementBytes, imageElements, type Written } from './testing/writeDicom.ts'

/** Four values of 16 bits from 32,744 on, and what the file says of its window. */
const film = (...more: Written[]) =>
  dicomFile(
    '1.2.840.10008.1.2.1',
    imageElements({ rows: 1, columns: 4, bitsAllocated: 16, more }, [
      0x7fe0_0010,
      'OW',
      [32_744, 33_744, 34_744, 35_744],
    ]),
  )
const window = (centre: string, width: string): Written[] => [
  [0x0028_1050, 'DS', centre],
  [0x0028_1051, 'DS', width],
]

test('a window below all values is passed over for the film’s own range, in viewer and model alike', async () => {
  const file = film(...window('2725', '4000'))
  const { samples, dicom } = await decodeRaster(file)
  expect([...samples]).toEqual([0, 85, 170, 255])
  expect(dicom?.windowMissed).toBe(true)
  const { windows, windowMissed } = await renderDicom(file, 1)
  expect(windows).toEqual([
    { kind: 'window', label: '', centre: 34_244, width: 3000, shape: 'linear-exact' },
  ])
  expect(windowMissed).toBe(true)
  expect(await inspectDicom('film', file)).toMatchObject({ windowMissed: true })
})

test('of two windows the one that shows something is used', async () => {
  const { samples, dicom } = await decodeRaster(film(...window('2725\\34244', '4000\\3001')))
  expect([samples[0], samples[3]]).toEqual([0, 255])
  expect(dicom?.windowMissed).toBe(true)
})

test('a sigmoid and a table that give every value one grey are passed over too', async () => {
  const sigmoid = film(...window('100', '50'), [0x0028_1056, 'CS', 'SIGMOID'])
  expect([...(await decodeRaster(sigmoid)).samples]).toEqual([0, 85, 170, 255])
  const entries = Buffer.concat([
    elementBytes([0x0028_3002, 'US', [4, 0, 8]]),
    elementBytes([0x0028_3006, 'OW', [0, 85, 170, 255]]),
  ])
  const item = Buffer.concat([Buffer.from([0xfe, 0xff, 0, 0xe0, entries.length, 0, 0, 0]), entries])
  const table = film([0x0028_3010, 'SQ', item])
  const { samples, dicom } = await decodeRaster(table)
  expect([...samples]).toEqual([0, 85, 170, 255])
  expect(dicom?.windowMissed).toBe(true)
})

test('a window that shows part of the values is the file’s to choose', async () => {
  const file = film(...window('32744', '2000'))
  const { samples, dicom } = await decodeRaster(file)
  expect(samples[3]).toBe(255)
  expect(samples[0]).toBeGreaterThan(100)
  expect(dicom?.windowMissed).toBeUndefined()
  expect((await renderDicom(file, 1)).windows[0]).toMatchObject({ centre: 32_744, width: 2000 })
})

test('a film of one value is no reason to doubt its window', async () => {
  const flat = dicomFile(
    '1.2.840.10008.1.2.1',
    imageElements({ rows: 1, columns: 2, bitsAllocated: 16, more: window('10', '20') }, [
      0x7fe0_0010,
      'OW',
      [5000, 5000],
    ]),
  )
  expect((await decodeRaster(flat)).dicom?.windowMissed).toBeUndefined()
})

const scanned = new URL(
  '../../../../../shared/dicom/chest/proscan_dx_16bit_cp1251_rotated.dcm',
  import.meta.url,
)
test.skipIf(!existsSync(scanned))(
  'a real film whose window lies far below its values is no white area',
  async () => {
    const { samples, dicom } = await decodeRaster(readFileSync(scanned))
    const white = Array.from(samples).filter((value) => value === 255).length
    expect(white / samples.length).toBeLessThan(0.5)
    expect(new Set(samples).size).toBeGreaterThan(100)
    expect(dicom?.windowMissed).toBe(true)
  },
)
