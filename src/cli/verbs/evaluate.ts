import { z } from 'zod'
import type { Evaluation } from '../../shared/domain/evaluation.ts'
import { DONE, SOME_FAILED } from '../exitStatus.ts'
import { reportRefusals } from '../failures.ts'
import { labelledFilms, notePassedOver } from '../labelledFolder.ts'
import { libraryOption } from '../library.ts'
import { resolveModel } from '../modelFolder.ts'
import { read, refuseOperands, share } from '../parse.ts'
import { existingPath } from '../paths.ts'
import { shownBelow } from '../shownPath.ts'
import { figure, grouped, table } from '../table.ts'
import type { Verb } from '../verb.ts'

const Options = z.object({
  model: z.string(),
  data: z.string(),
  threshold: share(0, 1).optional(),
  library: z.string().optional(),
})

export const evaluate: Verb = {
  name: 'evaluate',
  usage: '--model M --data PATH [--threshold T] [--library DIR] [--json]',
  summary: 'Figures of a model on labelled images',
  options: {
    model: { type: 'string', value: 'M', help: "a package's folder, or a model of the library" },
    data: { type: 'string', value: 'PATH', help: 'class folders; of parts only test/ is used' },
    threshold: {
      type: 'string',
      value: 'T',
      help: "scores at or above are positive (the model's)",
    },
    ...libraryOption,
  },
  async run(args, { output, engine, signal }) {
    refuseOperands(args)
    const { model, data, threshold, library } = read(Options, args)
    const path = await existingPath(data)
    const modelFolder = await resolveModel(model, library, { engine })
    const { classes } = await engine.readModel({ folder: modelFolder })
    const survey = await engine.surveyFolder({ paths: [path] }, { signal })
    const failures = notePassedOver(output, survey)
    const all = labelledFilms(survey, classes)
    const tested = all.filter(({ part }) => part === 'test')
    const films = tested.length > 0 ? tested : all
    if (films.length < all.length) {
      output.note(`Only the test part is used: ${films.length} of ${all.length} films`)
    }
    const { refused, ...figures } = await engine.evaluate(
      { modelFolder, films, ...(threshold !== undefined && { threshold }) },
      {
        signal,
        onProgress: ({ done, total }) => output.progress(done / total, `${done} of ${total} films`),
      },
    )
    failures.push(...refused)
    reportRefusals(output, failures, shownBelow([data]))
    output.record(figuresRecord(figures))
    output.print(describe(figures, classes))
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

function describe(figures: Evaluation, classes: readonly string[]): string {
  const { aucCi95, confusion } = figures
  const interval = aucCi95 ? ` (95 %: ${figure(aucCi95[0])}–${figure(aucCi95[1])})` : ''
  const rows: [string, string][] = [
    ['films', grouped(figures.n)],
    ['accuracy', figure(figures.accuracy)],
    ['loss', figure(figures.loss, 4)],
  ]
  if (confusion) {
    rows.push(
      ['AUC', `${figure(figures.auc)}${interval}`],
      ['sensitivity', figure(figures.sensitivity)],
      ['specificity', figure(figures.specificity)],
      ['PPV', figure(figures.ppv)],
      ['NPV', figure(figures.npv)],
      ['F1', figure(figures.f1)],
      ['Brier', figure(figures.brier)],
      ['ECE', figure(figures.ece)],
      ['threshold', figure(figures.threshold)],
    )
  }
  const list = rows.map(([name, value]) => `${name.padEnd(12)} ${value}`).join('\n')
  const matrix = table(
    ['true \\ predicted', ...classes],
    figures.matrix.map((counts, label) => [classes[label] ?? '', ...counts.map(grouped)]),
  )
  return `${list}\n\n${matrix}`
}
