import { csvRow } from '../shared/csv.ts'
import { outsideCell } from '../shared/judgement/outsideCell.ts'
import { leakCells, leakHeader } from '../shared/split/leakCells.ts'
import { blindReading, type ReadFilm } from './agreement.ts'
import type { StoredModel } from '../store/model.ts'

/** A film a row: what the reader said before and after the score was known, when, and what the model said. */
export function agreementCsv(films: readonly ReadFilm[], { id, manifest }: StoredModel): string {
  const header = csvRow([
    ...['file', 'patient', 'blind_verdict', 'blind_verdict_at', 'verdict', 'verdict_at'],
    ...['seconds_to_first_verdict', 'changed', 'score', 'model_says', 'model', 'model_id'],
    'outside',
    ...leakHeader(manifest.card.leak),
  ])
  const rows = films.map(({ item, readings, flagged, score }) => {
    const blind = blindReading(readings)
    const standing = readings.at(-1)
    return csvRow([
      ...[item.image.fileName, item.image.patient],
      ...[blind?.verdict, blind?.decidedAt, standing?.verdict, standing?.decidedAt],
      readings[0]?.seconds?.toFixed(1),
      blind && standing ? (blind.verdict === standing.verdict ? 'no' : 'yes') : undefined,
      ...[score, flagged === undefined ? undefined : flagged ? 'pneumonia' : 'normal'],
      ...[manifest.name, id],
      item.prediction?.outside && outsideCell(item.prediction.outside),
      ...leakCells(manifest.card.leak),
    ])
  })
  // The mark tells spreadsheets that the text is UTF-8.
  return '\uFEFF' + header + rows.join('')
}
