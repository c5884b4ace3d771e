/** Patients of a data set by rules that are tried before they are taken. */
import type { PatientRule } from '../../shared/domain/split.ts'
import type { StoredDataset } from '../../store/dataset.ts'
import { applyPatients, patientRules, previewPatients } from '../../workflows/splitDoctor/patients.ts' // prettier-ignore
import { DONE, type ExitStatus } from '../exitStatus.ts'
import { grouped, table } from '../table.ts'
import type { DatasetPlace } from './show.ts'

interface Options {
  /** Written as `PATTERN`, `path:PATTERN` or `dicom`; the data set's own when there are none. */
  readonly rule: readonly string[]
  readonly apply: boolean
}

export async function showPatients(
  { library, output }: DatasetPlace,
  { id, name }: StoredDataset,
  { rule, apply }: Options,
): Promise<ExitStatus> {
  const rules = rule.length > 0 ? rule.map(ruleOf) : patientRules(library, id)
  const order = { datasetId: id, rules }
  const preview = await previewPatients(library, order)
  const applied = apply ? await applyPatients(library, order) : undefined
  output.record({
    ...{ dataset: name, films: preview.films, patients: preview.patients },
    rules: preview.rules.map((found, at) => ({ ...rules[at], ...found })),
    ...{ unread: preview.unread, changed: preview.changed, applied: applied !== undefined },
  })
  output.print(
    table(
      ['From', 'Pattern', 'Films', 'Patients', 'For example'],
      preview.rules.map(({ films, patients, examples, problem }, at) => [
        ...[rules[at]!.from, rules[at]!.pattern, grouped(films), grouped(patients)],
        problem ?? (examples[0] ? `${examples[0].file} → ${examples[0].key}` : ''),
      ]),
    ),
  )
  output.print(
    `\n${grouped(preview.films)} films, ${grouped(preview.patients)} patients; ${grouped(preview.unread.films)} films that no rule reads`,
  )
  output.print(
    applied
      ? `${grouped(applied.changed)} films have another patient now`
      : `${grouped(preview.changed)} films would have another patient; --apply writes it`,
  )
  return DONE
}

function ruleOf(text: string): PatientRule {
  if (text === 'dicom') return { from: 'dicom', pattern: '', words: 'DICOM Patient ID' }
  const isPath = text.startsWith('path:')
  return { from: isPath ? 'path' : 'name', pattern: isPath ? text.slice(5) : text, words: '' }
}
