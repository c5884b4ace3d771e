/** Data sets in words and as records. */
import type { Dataset } from '../../shared/domain/dataset.ts'
import type { SplitReport } from '../../shared/domain/split.ts'
import { overlapsInWords, soundWords } from '../../shared/split/words.ts'
import type { StoredDataset } from '../../store/dataset.ts'
import type { Library } from '../../workflows/library.ts'
import { examineSplit } from '../../workflows/splitDoctor/examine.ts'
import { DONE, type ExitStatus } from '../exitStatus.ts'
import type { Output } from '../output.ts'
import { grouped, table } from '../table.ts'

export interface DatasetPlace {
  readonly library: Library
  readonly output: Output
  readonly signal: AbortSignal
}

export function listDatasets({ library, output }: DatasetPlace): ExitStatus {
  const all = library.store.datasets.all()
  for (const dataset of all) output.record(record(dataset))
  if (all.length === 0) output.print('The library holds no data set yet.')
  else {
    output.print(
      table(
        ['Name', 'Films', 'Patients', 'Duplicates', 'Classes', 'Id'],
        all.map(({ id, name, images, patients, duplicates, classes }) => [
          ...[name, grouped(images), grouped(patients), grouped(duplicates)],
          ...[classes.join(', '), id],
        ]),
      ),
    )
  }
  return DONE
}

export function showDataset({ library, output }: DatasetPlace, dataset: StoredDataset): ExitStatus {
  const report = examineSplit(library, dataset.id)
  const { number, hash } = library.store.versions.record(dataset.id)
  output.record({ ...record(dataset), version: number, hash, split: report })
  output.print(
    [
      `${dataset.name} (${dataset.id})`,
      `version      ${number}, ${hash}`,
      `patients by  ${dataset.patientRule ?? 'nothing: each film is its own patient'}`,
      '',
      describeReport(report),
    ].join('\n'),
  )
  return DONE
}

const record = ({ id, name, images, patients, duplicates, classes }: Dataset) => ({
  ...{ dataset: name, id, images, patients, duplicates, classes },
})

export const describeReport = (report: SplitReport): string =>
  [
    table(
      ['Class', 'Train', 'Validation', 'Test', 'No part'],
      report.balance.map(({ className, train, validation, test, unassigned }) => [
        className,
        ...[train, validation, test, unassigned].map(grouped),
      ]),
    ),
    '',
    `${grouped(report.films)} films of ${grouped(report.patients)} patients, ${grouped(report.copies)} with equal copies, ${grouped(report.excluded)} excluded`,
    report.nearCopies === undefined
      ? 'Nearly equal films are not known: the quality of the films was not checked yet'
      : `${grouped(report.nearCopies)} with a nearly equal film`,
    report.overlaps.length === 0
      ? soundWords(report)
      : `LEAKS: ${overlapsInWords(report.overlaps)}`,
  ].join('\n')
