import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { discard } from '../../files/discard.ts'
import { FindingKind } from '../../shared/domain/findingKind.ts'
import type { Finding, Quality } from '../../shared/domain/quality.ts'
import { importFolder } from '../../workflows/importFolder.ts'
import type { Library } from '../../workflows/library.ts'
import { checkQuality, type CheckProgress } from '../../workflows/quality/checkQuality.ts'
import { DONE, SOME_FAILED, type ExitStatus } from '../exitStatus.ts'
import { isForeign, reportRefusals } from '../failures.ts'
import { followingFilms } from '../filmCount.ts'
import { libraryOption, withLibrary } from '../library.ts'
import { read, refuseOperands } from '../parse.ts'
import { existingPath, isThere } from '../paths.ts'
import { shownBelow, type ShownPath } from '../shownPath.ts'
import { grouped, table } from '../table.ts'
import { findDataset } from '../training/films.ts'
import type { Context, Verb } from '../verb.ts'

const Options = z.object({
  data: z.string(),
  kind: FindingKind.optional(),
  library: z.string().optional(),
})

export const quality: Verb = {
  name: 'quality',
  usage: '--data PATH|NAME [--kind KIND] [--library DIR] [--json]',
  summary: 'Finds copies, odd films and suspicious labels',
  options: {
    data: { type: 'string', value: 'PATH|NAME', help: 'a folder, or a data set of the library' },
    kind: {
      type: 'string',
      value: 'KIND',
      help: `lists the films of one kind: ${FindingKind.options.join(', ')}`,
    },
    ...libraryOption,
  },
  async run(args, context) {
    refuseOperands(args)
    const options = read(Options, args)
    if (await isThere(options.data)) return checkFolder(options, context)
    return withLibrary(options.library, context, (library) => {
      const { id, name } = findDataset(library, options.data)
      const order = { datasetId: id, name, kind: options.kind, shown: (path: string) => path }
      return check(library, order, context)
    })
  },
}

/** In a library of its own that is forgotten afterwards. */
async function checkFolder(
  { data, kind }: z.output<typeof Options>,
  context: Context,
): Promise<ExitStatus> {
  const root = await existingPath(data)
  const folder = await mkdtemp(join(tmpdir(), 'pneumoscope-quality-'))
  try {
    return await withLibrary(folder, context, async (library) => {
      const { output, signal } = context
      const following = followingFilms(context)
      const name = basename(root)
      const { dataset, refusals } = await importFolder(
        library,
        { paths: [root], name },
        {
          signal,
          report: (progress) => {
            if (progress.kind === 'reading') following.onProgress(progress)
          },
        },
      )
      const shown = shownBelow([data])
      const failures = refusals.filter((refusal) => !isForeign(refusal))
      reportRefusals(output, failures, shown)
      const order = { datasetId: dataset.id, name, kind, shown }
      const status = await check(library, order, context)
      return failures.length > 0 ? SOME_FAILED : status
    })
  } finally {
    await discard(folder)
  }
}

interface CheckOrder {
  readonly datasetId: string
  readonly name: string
  readonly kind: FindingKind | undefined
  readonly shown: ShownPath
}

async function check(
  library: Library,
  { datasetId, name, kind, shown }: CheckOrder,
  { output, signal }: Context,
): Promise<ExitStatus> {
  const report = ({ step, done, total }: CheckProgress) =>
    output.progress(total === 0 ? 1 : done / total, `${words[step]}: ${done} of ${total}`)
  const found = await checkQuality(library, datasetId, { signal, report })
  output.record({ dataset: name, ...found })
  output.print(describe(found))
  for (const finding of findingsOf(library, datasetId, found, kind)) {
    const files = finding.films.map(({ image }) => shown(library.store.images.get(image.id).path))
    const { kind: of, severity, detail, suggested } = finding
    output.record({
      kind: of,
      severity,
      detail,
      ...(suggested !== undefined && { suggested }),
      files,
    })
    if (kind !== undefined) output.print(`\n${severity}: ${detail}\n  ${files.join('\n  ')}`)
  }
  return found.summary.unreadable === 0 ? DONE : SOME_FAILED
}

const words = {
  ...{ measuring: 'Measuring', comparing: 'Comparing', labels: 'Labels, fold' },
  keeping: 'Writing down',
} as const

/** Of one kind, or of all, kind by kind. */
function findingsOf(
  { store }: Library,
  datasetId: string,
  { kinds }: Quality,
  only: FindingKind | undefined,
): Finding[] {
  return kinds
    .filter(({ kind }) => only === undefined || kind === only)
    .flatMap(({ kind, findings }) => store.quality.findings(datasetId, kind, 0, findings).findings)
}

function describe({ summary, kinds }: Quality): string {
  const { films, known, unreadable, labels, withoutFeatures, withoutLabels } = summary
  const lines = [
    `${grouped(films)} films, ${grouped(known)} measured before, ${grouped(unreadable)} unreadable`,
    labels &&
      `labels: ${(100 * labels.agreement).toFixed(1)} % of ${grouped(labels.films)} agree with ${labels.folds}-fold predictions`,
    withoutFeatures !== undefined && `no outliers: ${withoutFeatures}`,
    withoutLabels !== undefined && `no labels looked at: ${withoutLabels}`,
  ].filter((line) => typeof line === 'string')
  const rows = kinds.map(({ kind, findings, films: inThem, severity }) => [
    ...[kind, severity, grouped(findings), grouped(inThem)],
  ])
  const found =
    rows.length === 0 ? 'Nothing was found.' : table(['Kind', 'Gravest', 'Findings', 'Films'], rows)
  return `${lines.join('\n')}\n\n${found}`
}
