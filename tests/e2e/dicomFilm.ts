/** DICOM films made on the spot: a chest of 12 bits with a patient, pixel spacing and a window. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  dicomFile,
  imageElements,
  type Written,
} from '../../src/engine/images/dicom/testing/writeDicom.ts'

interface DicomFilm {
  readonly rows?: number
  readonly columns?: number
  /** Clouds one lung, 0–1. */
  readonly haze?: number
  readonly patientName?: string
  readonly patientId?: string
  readonly more?: readonly Written[]
}

const EXPLICIT = '1.2.840.10008.1.2.1'

/** Writes the film and returns its path. */
export function writeDicomFilm(folder: string, fileName: string, film: DicomFilm = {}): string {
  const path = join(folder, fileName)
  writeFileSync(path, dicomFilm(film))
  return path
}

/** Its bytes. Every film of a patient has the same study, and a UID of its own by its haze. */
function dicomFilm(film: DicomFilm): Buffer {
  const { rows = 280, columns = 320, haze = 0, more = [] } = film
  const { patientName = 'Zebedee^Quentin', patientId = 'ID4711' } = film
  const own = String(1 + Math.round(haze * 1000))
  const elements: Written[] = [
    ...more,
    [0x0008_0018, 'UI', `1.2.826.0.1.3680043.8.498.${own}`],
    [0x0008_0020, 'DA', '20240229'],
    [0x0008_0060, 'CS', 'DX'],
    [0x0010_0010, 'PN', patientName],
    [0x0010_0020, 'LO', patientId],
    [0x0018_5101, 'CS', 'PA'],
    [0x0020_000d, 'UI', '1.2.826.0.1.3680043.8.498.900'],
    [0x0020_000e, 'UI', '1.2.826.0.1.3680043.8.498.901'],
    [0x0028_0030, 'DS', '0.5\\0.5'],
    [0x0028_0301, 'CS', 'NO'],
    [0x0028_1050, 'DS', '2048'],
    [0x0028_1051, 'DS', '4096'],
    ...imageElements({ rows, columns, bitsAllocated: 16, bitsStored: 12 }, [
      0x7fe0_0010,
      'OW',
      chest(rows, columns, haze),
    ]),
  ]
  return dicomFile(EXPLICIT, inOrder(elements))
}

/** A data set's elements rise; of two with one tag the first counts. */
function inOrder(elements: readonly Written[]): Written[] {
  const byTag = new Map([...elements].reverse().map((element) => [element[0], element]))
  return [...byTag.values()].sort(([a], [b]) => a - b)
}

/** A bright chest with two dark lungs; 12 bits in little-endian words. */
function chest(rows: number, columns: number, haze: number): Uint8Array {
  const values = new Uint16Array(rows * columns)
  const inside = (x: number, y: number, cx: number, cy: number, rx: number, ry: number) =>
    ((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2 <= 1
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const [x, y] = [column / columns, row / rows]
      let value = inside(x, y, 0.5, 0.55, 0.45, 0.5) ? 2800 : 600
      if (inside(x, y, 0.3, 0.5, 0.14, 0.34)) value = 900
      if (inside(x, y, 0.7, 0.5, 0.14, 0.34)) value = 900 + haze * 1500
      if (inside(x, y, 0.55, 0.62, 0.12, 0.16)) value = 3300
      values[row * columns + column] = value
    }
  }
  return new Uint8Array(values.buffer)
}
