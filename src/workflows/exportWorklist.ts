import { csvRow } from '../shared/csv.ts'
import type { WorklistItem } from '../shared/domain/review.ts'
import { outsideCell } from '../shared/judgement/outsideCell.ts'
import { shownScore } from '../shared/judgement/shownScore.ts'
import { zoneOf } from '../shared/judgement/zone.ts'
import { leakCells, leakHeader } from '../shared/split/leakCells.ts'
import type { StoredModel } from '../store/model.ts'

/** The worklist as a table: what the model says and what the reader said, a film a row. */
export function worklistCsv(
  items: readonly WorklistItem[],
  model: StoredModel | undefined,
): string {
  const classes = model?.manifest.classes ?? []
  const threshold = model?.manifest.threshold
  const leak = model?.manifest.card.leak
  const header = csvRow([
    ...['file', 'patient', ...classes.map((name) => `probability of ${name}`)],
    ...['prediction', 'threshold', 'verdict', 'note', 'model', 'model_id'],
    ...['calibrated', 'calibrated_threshold', 'zone', 'outside', 'polarity', 'window'],
    ...leakHeader(leak),
  ])
  const rows = items.map(({ image, prediction, turned, verdict, note, dicom }) =>
    csvRow([
      ...[image.fileName, image.patient],
      ...classes.map((_, at) => prediction?.probabilities[at]),
      ...[prediction && calledClass(prediction.probabilities, classes, threshold)],
      ...[threshold, verdict, note, model?.manifest.name, model?.id],
      ...decided(prediction?.probabilities[1], model),
      prediction?.outside && outsideCell(prediction.outside),
      turned ? 'turned by the reader' : undefined,
      dicom?.windowMissed ? 'the film’s own range; the file’s shows nothing' : undefined,
      ...leakCells(leak),
    ]),
  )
  // The mark tells spreadsheets that the text is UTF-8.
  return '\uFEFF' + header + rows.join('')
}

/** The calibrated probability with its threshold, and the zone, where the model has them. */
function decided(
  score: number | undefined,
  model: StoredModel | undefined,
): (number | string | undefined)[] {
  if (score === undefined || model?.manifest.classes.length !== 2) {
    return [undefined, undefined, undefined]
  }
  const { zones, threshold } = model.manifest
  const shown = shownScore(score, model.manifest)
  const mapped = shown.scale === 'calibrated' ? shown : undefined
  return [mapped?.score, mapped?.threshold, zones && zoneOf(score, threshold, zones)]
}

/** Of two classes the last one at or above the threshold; of more the likeliest. */
function calledClass(
  probabilities: readonly number[],
  classes: readonly string[],
  threshold: number | undefined,
): string | undefined {
  if (classes.length === 2 && threshold !== undefined) {
    return classes[(probabilities[1] ?? 0) >= threshold ? 1 : 0]
  }
  return classes[probabilities.indexOf(Math.max(...probabilities))]
}
