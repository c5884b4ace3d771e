import type { ColumnRole, LabelReading } from '../../../shared/domain/labelTable.ts'
import type { TableEncoding } from '../../../shared/domain/tableEncoding.ts'

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

/** What each is known for, behind its name. */
export const encodingWords: Readonly<Record<TableEncoding, string>> = {
  'UTF-8': 'any language',
  'UTF-16 LE': 'any language',
  'UTF-16 BE': 'any language',
  'UTF-32 LE': 'any language',
  'UTF-32 BE': 'any language',
  'Windows-1252': 'Western Europe',
  Macintosh: 'Western Europe',
  'Windows-1250': 'Central Europe',
  'ISO-8859-2': 'Central Europe',
  'Windows-1251': 'Cyrillic',
  'KOI8-R': 'Russian',
  'KOI8-U': 'Ukrainian',
  IBM866: 'Cyrillic, DOS',
  'ISO-8859-5': 'Cyrillic',
  'x-mac-cyrillic': 'Cyrillic',
  'Windows-1253': 'Greek',
  'ISO-8859-7': 'Greek',
  'Windows-1254': 'Turkish',
  'Windows-1255': 'Hebrew',
  'Windows-1256': 'Arabic',
  'Windows-1257': 'Baltic',
  'Windows-1258': 'Vietnamese',
  'Windows-874': 'Thai',
  Shift_JIS: 'Japanese',
  'EUC-JP': 'Japanese',
  'ISO-2022-JP': 'Japanese',
  GB18030: 'Chinese, simplified',
  Big5: 'Chinese, traditional',
  'EUC-KR': 'Korean',
}
