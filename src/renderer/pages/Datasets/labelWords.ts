import type { ColumnRole, LabelReading } from '../../../shared/domain/labelTable.ts'

export const roleNames: Readonly<Record<ColumnRole, string>> = {
  none: 'Nothing',
  film: 'File of the film',
  sop: 'SOP Instance UID of the film',
  study: 'Study Instance UID of the film',
  patientId: 'DICOM Patient ID of the film',
  label: 'Class',
  flag: 'Class of this name (0 or 1)',
  patient: 'Patient',
  part: 'Part (train, val, test)',
  age: 'Age',
  view: 'View (PA, AP …)',
}

export const delimiterNames: Readonly<Record<LabelReading['delimiter'], string>> = {
  ',': 'commas',
  ';': 'semicolons',
  '\t': 'tabs',
  '|': 'bars',
}
