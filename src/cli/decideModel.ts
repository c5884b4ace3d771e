/** `models decide`: chooses on validation films and writes into the package, bound to its weights and to the films. */
import { basename, resolve } from 'node:path'
import type { Judgement } from '../shared/domain/calibration.ts'
import type { ModelManifest } from '../shared/domain/model.ts'
import type { JudgementOrder } from '../shared/domain/scoreCard.ts'
import { sensitivity, specificity } from '../shared/judgement/confusion.ts'
import { holdsItsTest } from '../shared/judgement/calibrate.ts'
import { calibrationNames } from '../shared/judgement/shownScore.ts'
import type { StoredModel } from '../store/model.ts'
import { assessModel } from '../workflows/assessModel.ts'
import { decideOnFilms } from '../workflows/decideOnFilms.ts'
import type { Library } from '../workflows/library.ts'
import { modelFolder } from '../workflows/modelPackages.ts'
import { decideOn, keepDecision } from '../workflows/scoreCard.ts'
import { DONE, SOME_FAILED, type ExitStatus } from './exitStatus.ts'
import { reportRefusals } from './failures.ts'
import { labelledFilms, notePassedOver } from './labelledFolder.ts'
import { existingPath, isThere } from './paths.ts'
import { shownBelow } from './shownPath.ts'
import { figure, grouped } from './table.ts'
import { findDataset } from './training/films.ts'
import { UsageError } from './usageError.ts'
import type { Context } from './verb.ts'

export interface DecideRequest {
  readonly model: StoredModel
  /** Class folders, or a data set of the library. */
  readonly data: string
  readonly order: JudgementOrder
}

/** Throws UsageError for films that nothing may be chosen on. */
export async function decideModel(
  library: Library,
  { model, data, order }: DecideRequest,
  context: Context,
): Promise<ExitStatus> {
  const { output, signal } = context
  const job = {
    signal,
    report: ({ done, total }: { done: number; total: number }) =>
      output.progress(total === 0 ? 1 : done / total, 'Scoring the films'),
  }
  if (!(await isThere(data))) {
    const { id: datasetId } = findDataset(library, data)
    const part = 'validation' as const
    const assessment = await assessModel(library, { modelId: model.id, datasetId, part }, job)
    const { manifest } = await decideOn(library, { assessmentId: assessment.id, order })
    tell(manifest, order, context)
    return assessment.refused === 0 ? DONE : SOME_FAILED
  }
  const { films, failures, part } = await filmsToChooseOn(data, model.manifest, context)
  const name = `${basename(resolve(data))}${part}`
  const decision = { folder: modelFolder(library, model.id), films, name, order }
  const { manifest, refused } = await decideOnFilms(library, decision, job)
  keepDecision(library, model.id, order, manifest)
  reportRefusals(output, [...failures, ...refused], shownBelow([data]))
  tell(manifest, order, context)
  return failures.length + refused.length === 0 ? DONE : SOME_FAILED
}

/** Of a folder with parts the validation part; test films say how good a choice is, so nothing is chosen on them. */
async function filmsToChooseOn(
  data: string,
  { classes }: ModelManifest,
  { engine, output, signal }: Context,
) {
  const survey = await engine.surveyFolder({ paths: [await existingPath(data)] }, { signal })
  const failures = notePassedOver(output, survey)
  const all = labelledFilms(survey, classes)
  const watched = all.filter(({ part }) => part === 'validation')
  if (watched.length > 0) return { films: watched, failures, part: ', validation' }
  if (all.some(({ part }) => part !== undefined)) {
    throw new UsageError(
      `${data}: its films stand in parts, and none of these is a validation part. Test films say how good a choice is and training films look better than they are, so nothing is chosen on them; name a folder of other films`,
    )
  }
  return { films: all, failures, part: '' }
}

function tell(manifest: ModelManifest, order: JudgementOrder, { output }: Context): void {
  const { threshold, calibration, operatingPoint, zones, files } = manifest
  const modelHash = files['weights.bin']?.sha256
  output.record({ model: manifest.name, modelHash, threshold, ...asked(order, { calibration, operatingPoint, zones }) }) // prettier-ignore
  output.print(
    [
      ...(order.goal !== undefined ? [thresholdLine(manifest)] : []),
      ...(order.calibration !== undefined ? [calibrationLine(manifest)] : []),
      ...(order.zones !== undefined ? [zonesLine(manifest)] : []),
    ].join('\n'),
  )
}

/** What was asked for; null where it was taken back. */
const asked = (order: JudgementOrder, { calibration, operatingPoint, zones }: Judgement) => ({
  ...(order.goal !== undefined && { operatingPoint: operatingPoint ?? null }),
  ...(order.calibration !== undefined && {
    calibration: calibration ? { ...calibration, holds: holdsItsTest(calibration) } : null,
  }),
  ...(order.zones !== undefined && { zones: zones ?? null }),
})

function thresholdLine({ threshold, operatingPoint }: ModelManifest): string {
  if (!operatingPoint) return 'threshold    taken back: even odds'
  const { confusion, on } = operatingPoint
  return `threshold    ${threshold}: sensitivity ${figure(sensitivity(confusion))}, specificity ${figure(specificity(confusion))} on ${grouped(on.films)} films of ${on.name}`
}

function calibrationLine({ calibration }: ModelManifest): string {
  if (!calibration) return 'calibration  taken back'
  const { raw, calibrated } = calibration.test
  return `calibration  ${calibrationNames[calibration.map.kind]}; on films that it was not made from its error is ${figure(calibrated.ece)}, the raw score's ${figure(raw.ece)}: ${holdsItsTest(calibration) ? 'its test is held' : 'its test is NOT held, so raw scores are shown'}`
}

function zonesLine({ zones }: ModelManifest): string {
  if (!zones) return 'zones        taken back'
  const { low, high, missed, falseAlarms, uncertain, on } = zones
  return `zones        below ${figure(low)}, above from ${figure(high)}: ${figure(missed)} of the cases lie below, ${figure(falseAlarms)} of the healthy above, ${grouped(uncertain.films)} of ${grouped(on.films)} films between`
}
