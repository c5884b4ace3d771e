import type { DicomFacts } from '../../../shared/domain/dicom.ts'
import { takenAt, viewName } from './shownFilm.ts'

/** What a DICOM film's file says of it, as pairs for the list of facts; what it does not say is left out. */
export function dicomFacts(dicom: DicomFacts | undefined): [string, string][] {
  if (!dicom) return []
  const person = [dicom.patientSex, dicom.patientAge].filter(Boolean).join(', ')
  const depth = `${dicom.bitsStored} bit ${dicom.photometric}`
  const facts: [string, string | undefined][] = [
    ['Sex, age', person],
    ['Taken', takenAt({ dicom })],
    ['View', [viewName({ dicom }), dicom.laterality].filter(Boolean).join(', ')],
    ['Study', dicom.studyDescription],
    ['Series', dicom.seriesDescription],
    ['Device', [dicom.modality, dicom.manufacturer].filter(Boolean).join(', ')],
    ['Pixels', dicom.lossy ? `${depth}, lossy` : depth],
    ['Window', dicom.windowMissed ? 'The file’s shows nothing; the film’s own range' : undefined],
    ['Burned-in text', dicom.burnedInAnnotation ? 'Yes, says the file' : undefined],
  ]
  return facts.flatMap(([name, value]) => (value ? [[name, value]] : []))
}
