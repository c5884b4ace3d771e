import type { ScreenedFilm } from '../shared/contracts/engineAreas/scoring.ts'
import { csvRow } from '../shared/csv.ts'
import type { ModelManifest } from '../shared/domain/model.ts'
import type { LabelledFilm } from '../shared/domain/training.ts'
import { shownScore } from '../shared/judgement/shownScore.ts'
import { outsideCell } from '../shared/judgement/outsideCell.ts'
import { leakCells, leakHeader } from '../shared/split/leakCells.ts'
import { turnedFilm } from './polarity.ts'
import type { ShownPath } from './shownPath.ts'

interface Judged {
  readonly manifest: Pick<ModelManifest, 'classes' | 'calibration' | 'zones' | 'card'>
  readonly threshold: number
  readonly films: readonly LabelledFilm[]
}

/** `evaluate --out`: a row for every film in their order, also for one that could not be read. */
export function evaluationCsv(
  scored: readonly ScreenedFilm[],
  { manifest, threshold, films }: Judged,
  shown: ShownPath,
): string {
  const { classes, card } = manifest
  const scores = classes.map((name) => `probability of ${name}`)
  const header = ['file', 'class', ...scores, 'prediction', 'threshold', 'calibrated', 'calibrated_threshold', 'status', 'outside', 'message', ...leakHeader(card.leak)] // prettier-ignore
  const used = classes.length === 2 ? threshold : undefined
  const rows = scored.map((film, at) => {
    const { path, label, turned } = films[at]!
    const start = [shown(path), classes[label]]
    if (film.kind === 'refused') {
      const blank = [...scores, 'prediction'].map(() => undefined)
      const unmapped = [undefined, undefined]
      const told = [undefined, film.refusal.reason, ...leakCells(card.leak)]
      return [...start, ...blank, used, ...unmapped, 'error', ...told]
    }
    const { probabilities, outside } = film
    const called = classes[calledClass(probabilities, used)]
    const onScale = used === undefined ? undefined : shownScore(probabilities[1]!, { ...manifest, threshold: used }) // prettier-ignore
    const mapped = onScale?.scale === 'calibrated' ? onScale : undefined
    return [
      ...[...start, ...probabilities, called, used, mapped?.score, mapped?.threshold],
      ...['ok', outsideCell(outside), turned && turnedFilm, ...leakCells(card.leak)],
    ]
  })
  return [header, ...rows].map(csvRow).join('')
}

function calledClass(probabilities: readonly number[], threshold: number | undefined): number {
  if (threshold !== undefined) return probabilities[1]! >= threshold ? 1 : 0
  return probabilities.indexOf(Math.max(...probabilities))
}
