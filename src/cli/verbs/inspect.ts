import type { Inspection } from '../../shared/contracts/engineAreas/films.ts'
import type { PatientData } from '../../shared/domain/dicom.ts'
import { DONE, SOME_FAILED } from '../exitStatus.ts'
import { reportRefusals } from '../failures.ts'
import { existingPath } from '../paths.ts'
import { shownBelow } from '../shownPath.ts'
import { missedWindow } from '../missedWindow.ts'
import { table } from '../table.ts'
import { UsageError } from '../usageError.ts'
import type { Verb } from '../verb.ts'

type Image = Extract<Inspection, { kind: 'image' }>
type DicomObject = Extract<Inspection, { kind: 'object' }>

export const inspect: Verb = {
  name: 'inspect',
  usage: 'PATH… [--json]',
  summary: 'Reads files or folders and tells what is in them',
  options: {},
  async run({ positionals, values }, { output, engine, signal }) {
    if (positionals.length === 0) throw new UsageError('Which files or folders?')
    const given = await Promise.all(positionals.map(existingPath))
    const { films, refused, indexes = [] } = await engine.surveyFolder({ paths: given }, { signal })
    const paths = [...films.map(({ path }) => path), ...indexes].sort()
    const rows: string[][] = []
    const patients: string[][] = []
    const shown = shownBelow(positionals)
    let failed = refused.length
    reportRefusals(output, refused, shown)
    const onProgress = (inspection: Inspection) => {
      if (inspection.kind === 'refused') {
        failed++
        reportRefusals(output, [inspection.refusal], shown)
      } else {
        const told = { ...inspection, path: shown(inspection.path) }
        output.record(told.kind === 'image' ? record(told) : objectRecord(told))
        if (told.kind === 'image' && told.windowMissed) output.note(`${told.path}: ${missedWindow}`)
        rows.push(told.kind === 'image' ? row(told) : objectRow(told))
        if (told.patient) patients.push(patientRow(told.path, told.patient))
      }
      output.progress(rows.length / paths.length, `${rows.length} of ${paths.length} files`)
    }
    const phi = values['phi'] === true
    await engine.inspectFiles({ paths, phi }, { signal, onProgress })
    if (rows.length > 0) output.print(table(headings, rows))
    if (patients.length > 0) output.print(table(patientHeadings, patients))
    return failed === 0 ? DONE : SOME_FAILED
  },
}

const headings = ['File', 'Kind', 'Size', 'Samples', 'Bits', 'Min', 'Max', 'Mean', 'Photometric']

const patientHeadings = ['File', 'Patient', 'Id', 'Born', 'Sex', 'Age', 'Study', 'Institution']

const patientRow = (path: string, patient: PatientData): string[] => [
  path,
  patient.patientName ?? '',
  patient.patientId ?? '',
  patient.patientBirthDate ?? '',
  patient.patientSex ?? '',
  patient.patientAge ?? '',
  [patient.studyDate, patient.studyTime].filter(Boolean).join(' '),
  patient.institution ?? '',
]

const row = (image: Image): string[] => [
  image.path,
  image.format,
  `${image.columns} × ${image.rows}`,
  String(image.samplesPerPixel),
  String(image.bitsStored),
  String(image.storedMin),
  String(image.storedMax),
  image.storedMean.toFixed(2),
  image.photometric,
]

const objectRow = ({ path, format, object }: DicomObject): string[] => [
  ...[path, format, object],
  ...headings.slice(3).map(() => ''),
]

/** Pictures that are no DICOM have neither transfer syntax nor modality. */
const record = (image: Image) => ({
  file: image.path,
  kind: image.format,
  rows: image.rows,
  columns: image.columns,
  frames: image.frames,
  samplesPerPixel: image.samplesPerPixel,
  bitsStored: image.bitsStored,
  photometric: image.photometric,
  storedMin: image.storedMin,
  storedMax: image.storedMax,
  storedMean: image.storedMean,
  transferSyntax: image.transferSyntax ?? null,
  modality: image.modality ?? null,
  ...(image.windowMissed && { windowMissed: true }),
  ...(image.patient && { patient: image.patient }),
})

const objectRecord = ({
  path,
  format,
  object,
  transferSyntax,
  modality,
  patient,
}: DicomObject) => ({
  file: path,
  kind: format,
  object,
  transferSyntax,
  modality: modality ?? null,
  ...(patient && { patient }),
})
