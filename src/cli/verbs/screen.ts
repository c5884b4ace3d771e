import { dirname, resolve } from 'node:path'
import { z } from 'zod'
import { writeFileAtomically } from '../../files/atomicWrite.ts'
import type { ScreenedFilm } from '../../shared/contracts/engineAreas/scoring.ts'
import { csvRow } from '../../shared/csv.ts'
import type { OutsideReason } from '../../shared/domain/envelope.ts'
import { ExplanationMethod } from '../../shared/domain/explanation.ts'
import type { Refusal } from '../../shared/domain/film.ts'
import type { ModelManifest } from '../../shared/domain/model.ts'
import { outsideMessage } from '../../shared/judgement/outsideCell.ts'
import { shownScore } from '../../shared/judgement/shownScore.ts'
import { zoneOf } from '../../shared/judgement/zone.ts'
import { leakCells, leakHeader } from '../../shared/split/leakCells.ts'
import { leakWords } from '../../shared/split/words.ts'
import { calibratedBy } from '../calibratedBy.ts'
import { DONE, SOME_FAILED } from '../exitStatus.ts'
import { openExplanations, writeExplanations } from '../explanations.ts'
import { reportRefusals, showRefusal } from '../failures.ts'
import { libraryOption } from '../library.ts'
import { modelOption, resolveModel } from '../modelFolder.ts'
import { missedWindow } from '../missedWindow.ts'
import { read, wholeNumber } from '../parse.ts'
import { existingPath } from '../paths.ts'
import { polarityOption, turnedFilm, turnedFilms, turnedWords } from '../polarity.ts'
import { shownBelow } from '../shownPath.ts'
import { clock, grouped } from '../table.ts'
import { noteInTrail } from '../trail.ts'
import { notice } from '../usage.ts'
import type { Verb } from '../verb.ts'

const Options = z.object({
  model: z.string(),
  input: z.array(z.string()).min(1),
  out: z.string().min(1),
  explain: z.string().min(1).optional(),
  method: ExplanationMethod.default('grad-cam'),
  layer: z.string().optional(),
  workers: wholeNumber(1, 64).optional(),
  precision: z.enum(['float32', 'auto'], 'takes float32 or auto').optional(),
  polarity: z.string().optional(),
  library: z.string().optional(),
})

const columns = ['file', 'probability', 'prediction', 'threshold', 'status', 'message']
/** What a model adds that has a calibration or zones. */
const judgedColumns = ['calibrated', 'calibrated_threshold', 'zone']
type Row = readonly (string | number)[]

export const screen: Verb = {
  name: 'screen',
  usage:
    '--model M --input PATH… --out FILE.csv [--explain DIR] [--workers N] [--precision float32|auto] [--polarity P] [--library DIR] [--json]',
  summary: 'A probability for every image, as a CSV file',
  options: {
    ...modelOption,
    input: { type: 'string', value: 'PATH…', multiple: true, help: 'files or folders' },
    out: { type: 'string', value: 'FILE.csv', help: 'one row for every file, also a refused one' },
    explain: {
      type: 'string',
      value: 'DIR',
      help: 'a picture for every film: where its score comes from',
    },
    method: {
      type: 'string',
      value: 'NAME',
      help: 'grad-cam (usual), grad-cam++, integrated-gradients, smoothgrad or occlusion',
    },
    layer: { type: 'string', value: 'NAME', help: "for Grad-CAM; the last convolution's, else" },
    workers: { type: 'string', value: 'N', help: 'files that are read at once' },
    precision: {
      type: 'string',
      value: 'P',
      help: 'float32 for the same scores on every machine; auto (usual) may use bfloat16',
    },
    ...polarityOption,
    ...libraryOption,
  },
  async run(args, { output, engine, signal }) {
    const options = read(Options, args)
    const { model, input, out, explain, method, layer, workers, precision, library } = options
    const typed = [...input, ...args.positionals]
    const shown = shownBelow(typed)
    const given = await Promise.all(typed.map(existingPath))
    await existingPath(dirname(out))
    if (explain !== undefined) await openExplanations(explain)
    const modelFolder = await resolveModel(model, library, { engine })
    const manifest = await engine.readModel({ folder: modelFolder })
    // Loads the network, which is no part of the time that is measured.
    await engine.screen({ modelFolder, paths: [] }, { signal })
    const started = performance.now()
    const survey = await engine.surveyFolder({ paths: given }, { signal })
    const rows = new Map<string, Row>()
    const keep = (film: ScreenedFilm) =>
      film.kind === 'scored' ? take(film) : refuse(film.refusal)
    /** By path, each with why it may be outside. */
    const scored = new Map<string, readonly OutsideReason[]>()
    const take = (film: Extract<ScreenedFilm, { kind: 'scored' }>) => {
      scored.set(film.path, film.outside)
      const row = { ...film, path: shown(film.path), turned: turned.has(film.path) }
      rows.set(film.path, scoredRow(row, manifest))
    }
    const refuse = (refusal: Refusal) => {
      rows.set(refusal.path, refusedRow(showRefusal(refusal, shown), manifest))
      reportRefusals(output, [refusal], shown)
    }
    survey.refused.forEach(refuse)
    const paths = survey.films.map(({ path }) => path)
    const turned = new Set(await turnedFilms(options.polarity, survey.films))
    const order = {
      ...{ modelFolder, paths, turned: [...turned] },
      ...(workers !== undefined && { workers }),
      ...(precision && { precision }),
    }
    const result = await engine.screen(order, {
      signal,
      onProgress: ({ done, total, films }) => {
        films.forEach(keep)
        output.progress(done / total, `${done} of ${total} films`)
      },
    })
    const sorted = [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row)
    const { calibration, zones, card } = manifest
    const header = (calibration ?? zones) ? [...columns, ...judgedColumns] : columns
    const table = [
      [...header, ...leakHeader(card.leak)],
      ...sorted.map((row) => [...row.slice(0, header.length), ...leakCells(card.leak)]),
    ]
    await writeFileAtomically(resolve(out), table.map(csvRow).join(''))
    const seconds = (performance.now() - started) / 1000
    if (explain !== undefined) {
      const explained = {
        folder: explain,
        modelFolder,
        manifest,
        paths: [...scored.keys()],
        outside: scored,
        method,
        layer,
        turned,
        shown,
      }
      reportRefusals(output, await writeExplanations(explained, { engine, output, signal }), shown)
    }
    const done = { films: scored.size, as: 'screen.csv', maps: explain !== undefined }
    await noteInTrail({ model, library, event: 'predict', detail: done }, { engine })
    const failed = sorted.filter(([, , , , status]) => status === 'error').length
    const figures = {
      ...{ images: rows.size, failed, seconds },
      imagesPerSecond: rows.size / seconds,
      precision: result.precision,
      turned: turned.size,
    }
    output.record({ ...figures, ...(card.leak && { leak: card.leak }) })
    if (card.leak) output.print(leakWords(card.leak))
    const exchanged = turned.size === 0 ? '' : `, ${turnedWords(turned.size)}`
    output.print(
      `${grouped(figures.images)} films in ${clock(seconds)} (${figures.imagesPerSecond.toFixed(0)} a second, ${figures.precision})${exchanged}, ${failed} failed: ${out}`,
    )
    const calibrated = calibratedBy(manifest)
    if (calibrated !== undefined) output.print(calibrated)
    output.print(notice)
    return failed === 0 ? DONE : SOME_FAILED
  },
}

/** Of two classes the last one's probability counts; of more, the likeliest class's. */
function scoredRow(
  {
    path,
    probabilities,
    outside,
    windowMissed,
    turned,
  }: Extract<ScreenedFilm, { kind: 'scored' }> & { readonly turned: boolean },
  manifest: ModelManifest,
): Row {
  const { classes, threshold, zones } = manifest
  const notes = [outsideMessage(outside), windowMissed && missedWindow, turned && turnedFilm]
  const message = notes.filter(Boolean).join('; ')
  if (classes.length === 2) {
    const probability = probabilities[1]!
    const prediction = classes[probability >= threshold ? 1 : 0]!
    const shown = shownScore(probability, manifest)
    const mapped = shown.scale === 'calibrated' ? [shown.score, shown.threshold] : ['', '']
    const zone = zones ? zoneOf(probability, threshold, zones) : ''
    return [path, probability, prediction, threshold, 'ok', message, ...mapped, zone]
  }
  const probability = Math.max(...probabilities)
  return [
    path,
    probability,
    classes[probabilities.indexOf(probability)]!,
    '',
    'ok',
    message,
    ...judgedColumns.map(() => ''),
  ]
}

const refusedRow = ({ path, reason }: Refusal, { classes, threshold }: ModelManifest): Row => [
  ...[path, '', '', classes.length === 2 ? threshold : '', 'error', reason],
  ...judgedColumns.map(() => ''),
]
