/** How far pixels lie apart, and how they are shaped (PS3.3 C.7.6.3.1.7, 10.7.1, C.8.11.4). */
import type { FilmPixels } from '../../../shared/domain/filmPixels.ts'
import type { DataSet } from './dataSet.ts'
import { functionalGroups } from './greyscale.ts'

const at = {
  modality: 0x0008_0060,
  magnification: 0x0018_1114,
  imagerSpacing: 0x0018_1164,
  scannedSpacing: 0x0018_2010,
  spacing: 0x0028_0030,
  aspect: 0x0028_0034,
  calibration: 0x0028_0a02,
  pixelMeasures: 0x0028_9110,
} as const

/** Modalities whose rays spread, so that a length on the detector is longer than in the patient. */
const projections = new Set(['CR', 'DX', 'MG', 'XA', 'RF', 'XC', 'IO', 'PX', 'RG', 'OT', 'SC'])

export function readSpacing(
  dataSet: DataSet,
  frame: number,
): Pick<FilmPixels, 'pixelSpacing' | 'aspect'> {
  const measured = pair(functionalGroups(dataSet, frame)(at.pixelMeasures), at.spacing)
  const imager = pair(dataSet, at.imagerSpacing)
  const detector = imager ?? pair(dataSet, at.scannedSpacing)
  const spacing = measured ?? detector
  const ratio = pair(dataSet, at.aspect)
  const aspect = ratio ? ratio.row / ratio.column : spacing ? spacing.row / spacing.column : 1
  return {
    ...(spacing && {
      pixelSpacing: isCalibrated(dataSet, measured, detector)
        ? { ...spacing, source: 'calibrated' }
        : (inThePatient(dataSet, imager) ?? { ...spacing, source: 'detector' }),
    }),
    ...(Math.abs(aspect - 1) > 1e-6 && { aspect }),
  }
}

interface Pair {
  readonly row: number
  readonly column: number
}

/** Tubes stand farther from the patient than the detector does: a larger factor is a slip of the writer. */
const MOST_MAGNIFIED = 4

/**
 * The detector's spacing by the distance of the detector over that of the patient, both from the tube (Estimated Radiographic
 * Magnification Factor); undefined where the file does not estimate it.
 */
function inThePatient(dataSet: DataSet, imager: Pair | undefined) {
  const [magnification = 1] = dataSet.decimalsIfAny(at.magnification) ?? []
  if (!imager || magnification <= 1 || magnification > MOST_MAGNIFIED) return undefined
  const { row, column } = imager
  const divided = { row: row / magnification, column: column / magnification }
  return { ...divided, source: 'magnification', magnification } as const
}

/** Of a projection, a spacing is calibrated when the file says how, or when it differs from the detector's. */
function isCalibrated(dataSet: DataSet, measured: Pair | undefined, detector: Pair | undefined) {
  if (!measured) return false
  if (!projections.has(dataSet.ascii(at.modality) ?? 'OT')) return true
  if (dataSet.ascii(at.calibration) !== undefined) return true
  return detector !== undefined && Math.abs(measured.row / detector.row - 1) > 1e-3
}

function pair(dataSet: DataSet, tag: number): Pair | undefined {
  const [row, column = row] = dataSet.decimalsIfAny(tag) ?? []
  return row !== undefined && column !== undefined && row > 0 && column > 0
    ? { row, column }
    : undefined
}
