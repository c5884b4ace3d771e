import type { DicomFacts } from './domain/dicom.ts'

const daysOf = { D: 1, W: 7, M: 365.25 / 12, Y: 365.25 } as const

/** Of the patient when the film was taken: as an age (PS3.5 6.2, AS: 045Y), or from two dates; undefined where neither tells. */
export function ageInYears({
  patientAge,
  patientBirthDate,
  studyDate,
}: Pick<DicomFacts, 'patientAge' | 'patientBirthDate' | 'studyDate'>): number | undefined {
  const [, figure, unit] = /^(\d{1,3})([DWMY])$/.exec(patientAge?.trim() ?? '') ?? []
  if (figure !== undefined) return (Number(figure) * daysOf[unit as keyof typeof daysOf]) / daysOf.Y
  if (patientBirthDate === undefined || studyDate === undefined) return undefined
  const days = (Date.parse(studyDate) - Date.parse(patientBirthDate)) / 86_400_000
  return days >= 0 && days < 150 * daysOf.Y ? days / daysOf.Y : undefined
}
