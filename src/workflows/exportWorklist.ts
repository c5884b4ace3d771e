import { randomBytes } from 'node:crypto'
import { open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { csvRow } from '../shared/csv.ts'
import type { WorklistItem } from '../shared/domain/review.ts'
import { AppError, toAppError } from '../shared/errors.ts'
import { outsideCell } from '../shared/judgement/outsideCell.ts'
import { calibratedScore } from '../shared/judgement/calibrate.ts'
import { zoneOf } from '../shared/judgement/zone.ts'
import type { StoredModel } from '../store/model.ts'

/** The worklist as a table: what the model says and what the reader said, a film a row. */
export function worklistCsv(
  items: readonly WorklistItem[],
  model: StoredModel | undefined,
): string {
  const classes = model?.manifest.classes ?? []
  const threshold = model?.manifest.threshold
  const header = csvRow([
    ...['file', 'patient', ...classes.map((name) => `probability of ${name}`)],
    ...['prediction', 'threshold', 'verdict', 'note', 'model', 'model_id'],
    ...['calibrated', 'zone', 'outside', 'polarity', 'window'],
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
    ]),
  )
  // The mark tells spreadsheets that the text is UTF-8.
  return '\uFEFF' + header + rows.join('')
}

/** The calibrated probability and the zone, where the model has them. */
function decided(
  score: number | undefined,
  model: StoredModel | undefined,
): [calibrated: number | undefined, zone: string | undefined] {
  if (score === undefined || !model) return [undefined, undefined]
  const { zones, threshold } = model.manifest
  return [calibratedScore(model.manifest, score), zones && zoneOf(score, threshold, zones)]
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

/** Writes a text, or bytes, under its name only when it is complete and on the disk. */
export async function writeWhole(path: string, text: string | Uint8Array): Promise<void> {
  const temporary = join(dirname(path), `.${randomBytes(6).toString('hex')}.new`)
  try {
    const file = await open(temporary, 'wx')
    try {
      // Writes until all is taken, then makes sure that it reached the disk.
      await file.writeFile(text)
      await file.sync()
      const { size } = await file.stat()
      if (size !== Buffer.byteLength(text)) throw new AppError('DISK_FULL', 'The disk is full')
    } finally {
      await file.close()
    }
    await rename(temporary, path)
  } catch (cause) {
    await rm(temporary, { force: true })
    const { code, message } = toAppError(cause)
    throw new AppError(
      code === 'DISK_FULL' ? code : 'NOT_PERMITTED',
      `${path} cannot be written (${message}): choose another place`,
      { cause },
    )
  }
}
