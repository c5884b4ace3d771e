import { dirname, resolve } from 'node:path'
import { z } from 'zod'
import { writeFileAtomically } from '../../files/atomicWrite.ts'
import type { ScreenedFilm } from '../../shared/contracts/engineAreas/scoring.ts'
import type { Evaluation, Interval } from '../../shared/domain/evaluation.ts'
import { evaluationCsv } from '../evaluationCsv.ts'
import { leakWords } from '../../shared/split/words.ts'
import { calibratedBy } from '../calibratedBy.ts'
import { DONE, SOME_FAILED } from '../exitStatus.ts'
import { reportRefusals } from '../failures.ts'
import { followingFilms } from '../filmCount.ts'
import { labelledFilms, notePassedOver } from '../labelledFolder.ts'
import { libraryOption } from '../library.ts'
import { listedFilms } from '../listedFilms.ts'
import { modelOption, resolveModel } from '../modelFolder.ts'
import { read, refuseOperands, share } from '../parse.ts'
import { existingPath } from '../paths.ts'
import { polarityOption, turnedCount, turnedWords, withPolarity } from '../polarity.ts'
import { shortcutsOf, shortcutTable } from '../shortcuts.ts'
import { shownBelow } from '../shownPath.ts'
import { figure, grouped, table } from '../table.ts'
import { noteInTrail } from '../trail.ts'
import type { Verb } from '../verb.ts'

const Options = z.object({
  model: z.string(),
  data: z.string(),
  only: z.string().optional(),
  threshold: share(0, 1).optional(),
  out: z.string().min(1).optional(),
  polarity: z.string().optional(),
  shortcuts: z.boolean().default(false),
  library: z.string().optional(),
})

export const evaluate: Verb = {
  name: 'evaluate',
  usage:
    '--model M --data PATH [--only LIST] [--threshold T] [--out FILE.csv] [--shortcuts] [--polarity P] [--library DIR] [--json]',
  summary: 'Figures of a model on labelled images',
  options: {
    ...modelOption,
    data: { type: 'string', value: 'PATH', help: 'class folders; of parts only test/ is used' },
    only: {
      type: 'string',
      value: 'LIST',
      help: 'a text file that names the images to use, one a line',
    },
    threshold: {
      type: 'string',
      value: 'T',
      help: "scores at or above are positive (the model's)",
    },
    out: {
      type: 'string',
      value: 'FILE.csv',
      help: 'a row for every film, and why it may be outside',
    },
    ...polarityOption,
    shortcuts: {
      type: 'boolean',
      help: 'blank borders and corners, hidden letters, JPEG, mirrored: what becomes of the decisions',
    },
    ...libraryOption,
  },
  async run(args, context) {
    refuseOperands(args)
    const { output, engine, signal } = context
    const { model, data, only, threshold, out, shortcuts, polarity, library } = read(Options, args)
    const path = await existingPath(data)
    const modelFolder = await resolveModel(model, library, { engine })
    if (out !== undefined) await existingPath(dirname(out))
    const manifest = await engine.readModel({ folder: modelFolder })
    const { classes } = manifest
    const survey = await engine.surveyFolder({ paths: [path] }, { signal })
    const failures = notePassedOver(output, survey)
    const all = labelledFilms(survey, classes)
    const tested = all.filter(({ part }) => part === 'test')
    const chosen = only ? await listedFilms(only, all) : tested.length > 0 ? tested : all
    const films = await withPolarity(chosen, polarity)
    const turned = turnedCount(films)
    if (films.length < all.length) {
      output.note(`Only ${only ?? 'the test part'} is used: ${films.length} of ${all.length} films`)
    }
    const rows: ScreenedFilm[] = []
    const following = followingFilms(context)
    const { refused, ...figures } = await engine.evaluate(
      { modelFolder, films, ...(threshold !== undefined && { threshold }) },
      {
        signal,
        onProgress: (progress) => {
          rows.push(...progress.films)
          following.onProgress(progress)
        },
      },
    )
    const used = threshold ?? manifest.threshold
    if (out !== undefined) {
      const judged = { manifest, threshold: used, films }
      await writeFileAtomically(resolve(out), evaluationCsv(rows, judged, shownBelow([data])))
    }
    const changed = shortcuts && (await shortcutsOf({ modelFolder, films, threshold: used }, context)) // prettier-ignore
    const done = { films: figures.n, as: 'evaluation', shortcuts }
    await noteInTrail({ model, library, event: 'predict', detail: done }, context)
    failures.push(...refused)
    reportRefusals(output, failures, shownBelow([data]))
    const { leak } = manifest.card
    output.record({
      ...figuresRecord(figures),
      turned,
      ...(leak && { leak }),
      ...(changed && { shortcuts: changed }),
    })
    if (turned > 0) output.note(`Of ${films.length} films ${turnedWords(turned)}.`)
    output.print(describe(figures, classes))
    const calibrated = out === undefined ? undefined : calibratedBy(manifest)
    if (calibrated !== undefined) output.print(calibrated)
    if (leak) output.print(leakWords(leak))
    if (changed) output.print(`\n${shortcutTable(changed)}`)
    return failures.length === 0 ? DONE : SOME_FAILED
  },
}

/** All figures by name; unknown ones are null. */
function figuresRecord(figures: Evaluation) {
  const unknown = {
    ...{ auc: null, aucCi95: null, accuracy: null, sensitivity: null, specificity: null },
    ...{ ppv: null, npv: null, f1: null, brier: null, ece: null, threshold: null, confusion: null },
  }
  return { ...unknown, ...figures }
}

type Line = readonly [name: string, value: number | undefined, interval?: Interval | undefined]

function describe(figures: Evaluation, classes: readonly string[]): string {
  const rows: Line[] = [
    ['accuracy', figures.accuracy, figures.accuracyCi95],
    ['majority', figures.majorityAccuracy],
    ['balanced', figures.balancedAccuracy],
    ['MCC', figures.mcc],
    ['loss', figures.loss],
    ...(figures.confusion ? twoClassLines(figures) : macroLines(figures)),
  ]
  const list = rows.map(
    ([name, value, interval]) => `${name.padEnd(14)} ${figure(value)}${between(interval)}`,
  )
  const matrix = table(
    ['true \\ predicted', ...classes],
    figures.matrix.map((counts, label) => [classes[label] ?? '', ...counts.map(grouped)]),
  )
  const classTable = figures.perClass && describeClasses(figures.perClass, classes)
  return [
    [`${'films'.padEnd(14)} ${grouped(figures.n)}`, ...list].join('\n'),
    matrix,
    ...(classTable ? [classTable] : []),
  ].join('\n\n')
}

const between = (interval: Interval | undefined): string =>
  interval ? ` (95 %: ${figure(interval[0])}–${figure(interval[1])})` : ''

const twoClassLines = (figures: Evaluation): Line[] => [
  ['AUC', figures.auc, figures.aucBootstrapCi95 ?? figures.aucCi95],
  ['avg. precision', figures.averagePrecision, figures.averagePrecisionCi95],
  ['sensitivity', figures.sensitivity, figures.sensitivityCi95],
  ['specificity', figures.specificity, figures.specificityCi95],
  ['PPV', figures.ppv, figures.ppvCi95],
  ['NPV', figures.npv, figures.npvCi95],
  ['F1', figures.f1],
  ['Brier', figures.brier, figures.brierCi95],
  ['ECE', figures.ece],
  ['threshold', figures.threshold],
]

const macroLines = ({ macro }: Evaluation): Line[] => [
  ['macro AUC', macro?.auc],
  ['macro F1', macro?.f1],
]

const describeClasses = (
  perClass: NonNullable<Evaluation['perClass']>,
  classes: readonly string[],
): string =>
  table(
    ['class', 'films', 'recall', 'precision', 'F1', 'AUC'],
    perClass.map(({ films, recall, precision, f1, auc }, label) => [
      ...[classes[label] ?? '', grouped(films), figure(recall)],
      ...[figure(precision), figure(f1), figure(auc)],
    ]),
  )
