import { readFile } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { z } from 'zod'
import type { SweepRow } from '../../shared/domain/sweep.ts'
import { requireSoundSplit } from '../../shared/split/requireSoundSplit.ts'
import { leakWords } from '../../shared/split/words.ts'
import { markedLine } from '../../shared/textPlace.ts'
import { runSweep, type SweepProgress } from '../../workflows/sweep/runSweep.ts'
import { DONE, SOME_FAILED } from '../exitStatus.ts'
import { libraryOption } from '../library.ts'
import { oneOperand, read } from '../parse.ts'
import { cacheFolder, existingPath } from '../paths.ts'
import { figure, grouped, table } from '../table.ts'
import { filmsToTrainOn } from '../training/films.ts'
import { UsageError } from '../usageError.ts'
import type { Output } from '../output.ts'
import type { Verb } from '../verb.ts'

const Options = z.object({
  data: z.string(),
  out: z.string().min(1),
  'allow-leak': z.boolean().default(false),
  library: z.string().optional(),
})

export const sweep: Verb = {
  name: 'sweep',
  usage: 'FILE.yaml --data PATH|NAME --out DIR [--allow-leak] [--json]',
  summary: 'Trains many configurations and compares them; goes on where it was when called again',
  options: {
    data: { type: 'string', value: 'PATH|NAME', help: 'class folders, idx files, or a data set' },
    out: { type: 'string', value: 'DIR', help: "the sweep's folder; the same one goes on with it" },
    'allow-leak': {
      type: 'boolean',
      help: 'trains although patients or copies stand on both sides; every result says so',
    },
    ...libraryOption,
  },
  async run(args, context) {
    const file = oneOperand(args, 'One file is expected that says what varies, such as sweep.yaml')
    const { data, out, library, 'allow-leak': allowLeak } = read(Options, args)
    const { output, engine, signal } = context
    const text = await readFile(await existingPath(file), 'utf8')
    const films = await filmsToTrainOn(data, library, context)
    const { classes, input } = films
    const reading = await engine.planSweep({
      ...{ text, classes: classes.length },
      ...(input && { input }),
    })
    if (reading.kind === 'mistake') {
      const { message, place } = reading
      const excerpt = place && markedLine(text, place)
      throw new UsageError(`${file}: ${message}`, { place, excerpt })
    }
    const { planned } = reading
    const runs = planned.configurations.reduce((sum, { runs: own }) => sum + own.length, 0)
    output.note(`${planned.configurations.length} configurations, ${runs} trainings in ${out}`)
    const name = films.name ?? basename(data)
    const isFolded = planned.configurations.every((configuration) =>
      configuration.runs.every(({ settings }) => settings.fold !== undefined),
    )
    const leak = isFolded ? undefined : requireSoundSplit(films.placed, { name, allowLeak })
    if (leak) output.note(leakWords(leak))
    const rows = await runSweep(
      { engine },
      {
        ...{ planned, classes, films: films.films, trainedOn: name, leak },
        ...{ folder: resolve(out), cacheFolder: cacheFolder() },
      },
      { signal, report: (progress) => show(output, progress) },
    )
    output.print(comparison(rows))
    if (leak) output.print(leakWords(leak))
    const hasFailed = rows.some(({ status }) => status === 'failed')
    return hasFailed || films.failed > 0 ? SOME_FAILED : DONE
  },
}

function show(output: Output, progress: SweepProgress): void {
  if (progress.kind === 'row') {
    const { row } = progress
    output.record(record(row))
    if (row.reason !== undefined) output.note(`${row.number} ${row.name}: ${row.reason}`)
    return
  }
  const { begun, total, configuration, progress: inner } = progress
  const before = (begun - 1) / total
  if (inner.kind === 'batch') {
    const share = (inner.epoch - 1 + inner.batch / inner.batches) / inner.epochs
    const words = `${begun}/${total} ${configuration.name}: epoch ${inner.epoch}/${inner.epochs}`
    output.progress(before + share / total, words)
  } else if (inner.kind === 'preparing') {
    output.progress(before, `${begun}/${total}: ${inner.done} of ${inner.total} films decoded`)
  }
}

type Figure = SweepRow['gap']

/** One flat object a line: means under their names, deviations beside them; unknown figures are null. */
function record(row: SweepRow) {
  const figures = {
    bestEpoch: row.bestEpoch,
    trainAccuracyBest: row.trainAccuracyBest,
    valAccuracyBest: row.valAccuracyBest,
    trainAccuracyLast: row.trainAccuracyLast,
    valAccuracyLast: row.valAccuracyLast,
    stability: row.stability,
    gap: row.gap,
    gapLast: row.gapLast,
    valAuc: row.valAuc,
    testAccuracy: row.testAccuracy,
  }
  const { number, name, recipe, differs, params, status, reason, runs, epochs, seconds } = row
  return {
    configuration: number,
    ...{ name, spec: recipe, differs, params, status, reason: reason ?? null, runs, epochs },
    ...Object.fromEntries(
      Object.entries(figures).flatMap(([key, value]: [string, Figure]) => [
        [key, value?.mean ?? null],
        [`${key}Sd`, value?.deviation ?? null],
      ]),
    ),
    seconds,
  }
}

/** «dropout 0.2, batchNorm true». */
const differs = ({ differs: options }: SweepRow): string =>
  Object.entries(options)
    .map(
      ([option, value]) =>
        `${option} ${value === null ? '–' : typeof value === 'string' ? value : JSON.stringify(value)}`,
    )
    .join(', ')

function comparison(rows: readonly SweepRow[]): string {
  const cell = (value: Figure) => {
    if (value === undefined) return '–'
    const spread = value.deviation === undefined ? '' : ` ± ${figure(value.deviation)}`
    return `${figure(value.mean)}${spread}`
  }
  return table(
    ['#', 'Configuration', 'Differs in', 'Parameters', 'val best', 'epoch', 'train', 'val last', 'train', 'stability', 'gap', 'time s', ''], // prettier-ignore
    rows.map((row) => [
      ...[String(row.number), row.name, differs(row), grouped(row.params)],
      ...[cell(row.valAccuracyBest), figure(row.bestEpoch?.mean, row.runs > 1 ? 1 : 0)],
      ...[cell(row.trainAccuracyBest), cell(row.valAccuracyLast), cell(row.trainAccuracyLast)],
      ...[cell(row.stability), cell(row.gap), row.seconds.toFixed(0)],
      row.status === 'complete' ? '' : row.status,
    ]),
  )
}
