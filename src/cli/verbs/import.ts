import { basename } from 'node:path'
import { z } from 'zod'
import type { ClassCount } from '../../shared/domain/dataset.ts'
import { importFolder } from '../../workflows/importFolder.ts'
import { DONE, SOME_FAILED } from '../exitStatus.ts'
import { isForeign } from '../failures.ts'
import { followingFilms } from '../filmCount.ts'
import { libraryOption, withLibrary } from '../library.ts'
import { oneOperand, read } from '../parse.ts'
import { existingPath } from '../paths.ts'
import { grouped, table } from '../table.ts'
import type { Verb } from '../verb.ts'

const Options = z.object({
  name: z.string().trim().min(1).max(100).optional(),
  labels: z
    .undefined('this version reads no label lists yet; put each class in its own folder')
    .optional(),
  library: z.string().optional(),
})

export const importVerb: Verb = {
  name: 'import',
  usage: 'PATH --name NAME [--library DIR] [--json]',
  summary: 'Makes a data set from a folder tree',
  options: {
    name: { type: 'string', value: 'NAME', help: "the data set's name (the folder's)" },
    labels: { type: 'string', value: 'CSV', help: 'a list of labels (not in this version)' },
    ...libraryOption,
  },
  async run(args, context) {
    const { output, engine, signal } = context
    const following = followingFilms(context)
    const path = oneOperand(args, 'Which folder?')
    const { name, library: folder } = read(Options, args)
    const root = await existingPath(path)
    return withLibrary(folder, { engine }, async (library) => {
      const order = { paths: [root], name: name ?? basename(root) }
      const { dataset, refusals } = await importFolder(library, order, {
        signal,
        report: (progress) =>
          progress.kind === 'surveying'
            ? output.progress(0, `${progress.filesSeen} files seen`)
            : following.onProgress(progress),
      })
      output.record({
        dataset: dataset.name,
        images: dataset.images,
        classes: Object.fromEntries(dataset.counts.map((count) => [count.className, sum(count)])),
        splits: splits(dataset.counts),
        patients: dataset.patients,
        duplicates: dataset.duplicates,
        skipped: refusals.map((refusal) => ({ file: refusal.path, reason: refusal.reason })),
      })
      for (const { reason } of refusals) output.note(reason)
      output.print(describe(dataset.counts))
      output.print(
        `\n«${dataset.name}»: ${grouped(dataset.images)} films of ${grouped(dataset.patients)} patients, ${grouped(dataset.duplicates)} duplicates, ${refusals.length} skipped`,
      )
      return refusals.every(isForeign) ? DONE : SOME_FAILED
    })
  },
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
