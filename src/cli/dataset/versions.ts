/** Versions of a data set, what changed between two, and its films in a folder. */
import { resolve } from 'node:path'
import type { VersionDiff } from '../../shared/domain/datasetEdit.ts'
import type { StoredDataset } from '../../store/dataset.ts'
import { diffVersions } from '../../workflows/datasetVersions/diff.ts'
import { exportDataset } from '../../workflows/datasetVersions/exportDataset.ts'
import { DONE, SOME_FAILED, type ExitStatus } from '../exitStatus.ts'
import { reportRefusals } from '../failures.ts'
import { grouped, table } from '../table.ts'
import { UsageError } from '../usageError.ts'
import type { DatasetPlace } from './show.ts'

export function listVersions({ library, output }: DatasetPlace, { id }: StoredDataset): ExitStatus {
  library.store.versions.record(id)
  const all = library.store.versions.all(id)
  for (const { number, hash, createdAt, films, excluded, why } of all) {
    output.record({ version: number, hash, createdAt, films, excluded, why })
  }
  output.print(
    table(
      ['Version', 'Made', 'Films', 'Excluded', 'What made it', 'Hash'],
      all.map(({ number, hash, createdAt, films, excluded, why }) => [
        ...[String(number), createdAt, grouped(films), grouped(excluded), why, hash.slice(0, 16)],
      ]),
    ),
  )
  return DONE
}

export function showDiff(
  { library, output }: DatasetPlace,
  { id }: StoredDataset,
  [from, to]: readonly string[],
): ExitStatus {
  const diff = diffVersions(library, { datasetId: id, from: numberOf(from), to: numberOf(to) })
  output.record({ ...diff })
  output.print(diffLines(diff).join('\n'))
  return DONE
}

function numberOf(text: string | undefined): number {
  const number = Number(text)
  if (Number.isInteger(number) && number > 0) return number
  throw new UsageError('Which two versions? Two numbers are expected, such as 1 2')
}

function diffLines({ added, removed, relabelled, moved, regrouped, films }: VersionDiff): string[] {
  if (films.length === 0) return ['No film differs']
  return [
    `${grouped(added)} films added, ${grouped(removed)} removed`,
    ...relabelled.map((one) => `${grouped(one.films)} films: class ${one.from ?? 'none'} → ${one.to ?? 'none'}`), // prettier-ignore
    ...moved.map((one) => `${grouped(one.films)} films: part ${one.from ?? 'none'} → ${one.to ?? 'none'}`), // prettier-ignore
    ...(regrouped > 0 ? [`${grouped(regrouped)} films of another patient`] : []),
  ]
}

export async function exportTo(
  { library, output, signal }: DatasetPlace,
  { id, name }: StoredDataset,
  { to, link, deidentify }: { readonly to?: string | undefined; readonly link: boolean; readonly deidentify: boolean }, // prettier-ignore
): Promise<ExitStatus> {
  if (to === undefined) throw new UsageError('--to is missing: which folder to export into?')
  const folder = resolve(to)
  const { files, hash, refused } = await exportDataset(
    library,
    { datasetId: id, folder, how: link ? 'link' : 'copy', deidentify },
    {
      signal,
      report: ({ done, total }) => output.progress(done / total, `${done} of ${total} films`),
    },
  )
  reportRefusals(output, refused, (path) => path)
  output.record({ dataset: name, folder, films: files, hash, refused: refused.length })
  output.print(`${grouped(files)} films of «${name}» in ${folder}\nversion ${hash}`)
  return refused.length === 0 ? DONE : SOME_FAILED
}
