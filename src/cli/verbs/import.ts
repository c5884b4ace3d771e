import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, extname, join } from 'node:path'
import { z } from 'zod'
import { discard } from '../../files/discard.ts'
import type { ClassCount, Dataset } from '../../shared/domain/dataset.ts'
import type { Refusal } from '../../shared/domain/film.ts'
import { describeSurvey } from '../../workflows/describeSurvey.ts'
import { importFolder } from '../../workflows/importFolder.ts'
import type { UnpackedPaths } from '../../workflows/unpackedArchives.ts'
import { DONE, SOME_FAILED, type ExitStatus } from '../exitStatus.ts'
import { isForeign } from '../failures.ts'
import { followingFilms } from '../filmCount.ts'
import { describeLabels, labelOptions, labelOrder } from '../labelOptions.ts'
import { libraryOption, withLibrary } from '../library.ts'
import type { Output } from '../output.ts'
import { oneOperand, read } from '../parse.ts'
import { existingPath } from '../paths.ts'
import { grouped, table } from '../table.ts'
import type { Context, Verb } from '../verb.ts'

/** A data set is named after an archive without its «.zip». */
const archiveName = (path: string) => (/\.zip$/i.test(path) ? extname(path) : '')

const Options = z.object({
  name: z.string().trim().min(1).max(100).optional(),
  labels: z.string().optional(),
  encoding: z.string().optional(),
  columns: z.string().optional(),
  classes: z.string().optional(),
  'dry-run': z.boolean().optional(),
  library: z.string().optional(),
})

export const importVerb: Verb = {
  name: 'import',
  usage: 'PATH --name NAME [--labels CSV] [--dry-run] [--library DIR] [--json]',
  summary: 'Makes a data set from a folder tree, a zip archive, or films and a table of labels',
  options: {
    name: { type: 'string', value: 'NAME', help: "the data set's name (the folder's)" },
    ...labelOptions,
    'dry-run': { type: 'boolean', help: 'say what would be imported, and write nothing' },
    ...libraryOption,
  },
  async run(args, context) {
    const { output, engine, signal } = context
    const following = followingFilms(context)
    const path = oneOperand(args, 'Which folder?')
    const { name, library: folder, 'dry-run': isDry, ...table } = read(Options, args)
    const root = await existingPath(path)
    const labels = await labelOrder(table)
    const order = { paths: [root], name: name ?? basename(root, archiveName(root)), labels }
    if (isDry === true) {
      return withUnpacked(root, context, async ({ paths, refused }) => {
        const survey = await engine.surveyFolder({ paths, labels }, { signal })
        const { counts, images, patients } = describeSurvey(survey, order.name)
        const planned = { name: order.name, counts, images, patients, labels: survey.labels }
        const refusals = [...refused, ...survey.refused]
        return tell({ ...planned, duplicates: null, refusals }, output)
      })
    }
    return withLibrary(folder, { engine }, async (library) => {
      const { dataset, refusals, resumedFrom } = await importFolder(library, order, {
        signal,
        report: (progress) => {
          if (progress.kind === 'reading') following.onProgress(progress)
          else if (progress.kind === 'surveying')
            output.progress(0, `${progress.filesSeen} files seen`)
          else output.progress(0, `Unpacking: ${progress.done} of ${progress.total} files`)
        },
      })
      if (resumedFrom > 0) {
        output.note(
          `Went on with an interrupted import that had read ${grouped(resumedFrom)} films`,
        )
      }
      return tell({ ...dataset, refusals }, output)
    })
  },
}

/** For a dry run: an archive is unpacked into a folder that is gone afterwards. */
async function withUnpacked<T>(
  path: string,
  { engine, signal, output }: Context,
  work: (unpacked: UnpackedPaths) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'pneumoscope-unpacked-'))
  try {
    const onProgress = ({ done, total }: { done: number; total: number }) =>
      output.progress(0, `Unpacking: ${done} of ${total} files`)
    return await work(await engine.unpackArchives({ paths: [path], folder }, { signal, onProgress })) // prettier-ignore
  } finally {
    await discard(folder)
  }
}

interface Told extends Pick<Dataset, 'name' | 'images' | 'patients' | 'counts' | 'labels'> {
  /** Null where nothing was read, so that they are not known. */
  readonly duplicates: number | null
  readonly refusals: readonly Refusal[]
}

function tell({ refusals, labels, counts, ...told }: Told, output: Output): ExitStatus {
  output.record({
    dataset: told.name,
    ...(told.duplicates === null && { dryRun: true }),
    images: told.images,
    classes: Object.fromEntries(counts.map((count) => [count.className, sum(count)])),
    splits: splits(counts),
    patients: told.patients,
    duplicates: told.duplicates,
    ...(labels && { labels }),
    skipped: refusals.map(({ path, line, reason }) => ({
      file: path,
      ...(line !== undefined && { line }),
      reason,
    })),
  })
  for (const { path, line, reason } of refusals) {
    output.note(line === undefined ? reason : `${basename(path)}, ${reason}`)
  }
  if (labels) output.print(`${describeLabels(labels)}\n`)
  output.print(describe(counts))
  const duplicates = told.duplicates === null ? '' : `, ${grouped(told.duplicates)} duplicates`
  const dry = told.duplicates === null ? ' would be imported; nothing was written' : ''
  output.print(
    `\n«${told.name}»: ${grouped(told.images)} films of ${grouped(told.patients)} patients${duplicates}, ${refusals.length} skipped${dry}`,
  )
  const tables = labels ? [] : refusals.flatMap(({ path }) => (/\.(?:csv|tsv)$/i.test(path) ? path : [])) // prettier-ignore
  if (tables.length > 0) output.print(`Labels can be taken from a table of the folder: ${tables.map((path) => `--labels ${path}`).join(', or ')}`) // prettier-ignore
  return refusals.every(isForeign) ? DONE : SOME_FAILED
}

const sum = ({ train, validation, test, unassigned }: ClassCount) =>
  train + validation + test + unassigned

const splits = (counts: readonly ClassCount[]) => {
  const total = (part: 'train' | 'validation' | 'test' | 'unassigned') =>
    counts.reduce((films, count) => films + count[part], 0)
  return {
    train: total('train'),
    validation: total('validation'),
    test: total('test'),
    unassigned: total('unassigned'),
  }
}

const describe = (counts: readonly ClassCount[]) =>
  table(
    ['Class', 'Train', 'Validation', 'Test', 'No part'],
    counts.map(({ className, train, validation, test, unassigned }) => [
      className,
      ...[train, validation, test, unassigned].map(grouped),
    ]),
  )
