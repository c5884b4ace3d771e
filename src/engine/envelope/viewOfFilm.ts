import type { DicomFacts } from '../../shared/domain/dicom.ts'
import { isLateral } from '../../shared/filmView.ts'

/** By the view position; where that is not given, rows that run from front to back show a side (PS3.3 C.7.6.1.1.1). */
export function isSeenFromTheSide({
  viewPosition,
  patientOrientation,
}: Pick<DicomFacts, 'viewPosition' | 'patientOrientation'>): boolean {
  if (viewPosition !== undefined && viewPosition.trim() !== '') return isLateral(viewPosition)
  return /^[AP]\\/.test(patientOrientation ?? '')
}
