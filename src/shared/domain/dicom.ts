/** What a DICOM film says of itself. Names and dates identify a patient: shown where asked for, never logged. */
import { z } from 'zod'

export const DicomFacts = z.object({
  /** As the file has it: DX, CR, CT … */
  modality: z.string().optional(),
  sopClass: z.string(),
  transferSyntax: z.string(),
  photometric: z.string(),
  bitsAllocated: z.int(),
  bitsStored: z.int(),
  frames: z.int(),
  /** Information was lost when the film was compressed, now or before (0028,2110). */
  lossy: z.boolean(),
  /** Of the latest lossy compression, where it is recorded: 12 is twelve to one. */
  lossyRatio: z.number().optional(),
  studyUid: z.string(),
  seriesUid: z.string(),
  sopInstanceUid: z.string(),
  /** Equal for films of one patient, and tells nothing of them: a hash of the id and its issuer, or of name and birth date. */
  patientKey: z.string().optional(),
  patientName: z.string().optional(),
  patientId: z.string().optional(),
  /** YYYY-MM-DD. */
  patientBirthDate: z.string().optional(),
  patientAge: z.string().optional(),
  patientSex: z.string().optional(),
  /** YYYY-MM-DD. */
  studyDate: z.string().optional(),
  /** HH:MM:SS. */
  studyTime: z.string().optional(),
  studyDescription: z.string().optional(),
  seriesDescription: z.string().optional(),
  seriesNumber: z.int().optional(),
  instanceNumber: z.int().optional(),
  /** PA, AP, LL … */
  viewPosition: z.string().optional(),
  laterality: z.string().optional(),
  /** Direction of the rows and of the columns: «L\F» is usual for a chest seen from the front. */
  patientOrientation: z.string().optional(),
  bodyPart: z.string().optional(),
  manufacturer: z.string().optional(),
  institution: z.string().optional(),
  /** The file's window would make all of the film one grey; the film's own range is used instead. */
  windowMissed: z.boolean().optional(),
  /** The file says that letters are burned into the pixels; undefined where it says nothing. */
  burnedInAnnotation: z.boolean().optional(),
})
export type DicomFacts = z.infer<typeof DicomFacts>

/** Of whom and when a DICOM object is: what must not be told unasked. */
export const PatientData = DicomFacts.pick({
  ...{ patientName: true, patientId: true, patientBirthDate: true, patientAge: true },
  ...{ patientSex: true, studyDate: true, studyTime: true, institution: true },
  ...{ studyUid: true, seriesUid: true, sopInstanceUid: true },
})
export type PatientData = z.infer<typeof PatientData>
