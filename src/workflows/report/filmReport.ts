/** What a model and a reader say of one film, on one page. Of the patient it tells the file's name alone. */
import type { Explanation, MapTrust } from '../../shared/domain/explanation.ts'
import type { ModelManifest } from '../../shared/domain/model.ts'
import type { WorklistItem } from '../../shared/domain/review.ts'
import { greyReason, trustNames, trustRows } from '../../shared/judgement/mapTrustWords.ts'
import { outsideMessage } from '../../shared/judgement/outsideCell.ts'
import { calibrationTest } from '../../shared/judgement/calibrationTest.ts'
import { calibrationNames, shownScore } from '../../shared/judgement/shownScore.ts'
import { zoneOf } from '../../shared/judgement/zone.ts'
import { leakWords } from '../../shared/split/words.ts'
import { facts, page, picture, table, three, type Cell } from './html.ts'

/** A film with the map in colours over it. */
export interface ExplainedFilm {
  readonly png: Uint8Array
  readonly map: Omit<Explanation, 'values'>
  readonly trust: MapTrust
}

interface Film {
  readonly item: WorklistItem
  readonly manifest: ModelManifest
  /** PNG. */
  readonly film: Uint8Array
  readonly explained?: ExplainedFilm | undefined
  /** ISO 8601. */
  readonly at: string
}

export function filmReport({ item, manifest, film, explained, at }: Film): string {
  const { image, prediction, verdict, note } = item
  const { classes, threshold, zones } = manifest
  const score = classes.length === 2 ? prediction?.probabilities[1] : undefined
  const shown = score === undefined ? undefined : shownScore(score, manifest)
  const calibration = shown?.scale === 'calibrated' ? manifest.calibration : undefined
  const outside = prediction?.outside
  const called =
    score === undefined
      ? []
      : ([
          ['Called', classes[score >= threshold ? 1 : 0]],
          ['Zone', zoneOf(score, threshold, zones)],
        ] as const)
  const raw: readonly (readonly [string, Cell])[] = [
    ...classes.map((name, index) => [`Raw score of ${name}`, three(prediction?.probabilities[index])] as const), // prettier-ignore
    ...(score === undefined ? [] : [['Threshold of the raw score', three(threshold)] as const]),
  ]
  const calibrated: readonly (readonly [string, Cell])[] =
    calibration && shown
      ? [
          [`Calibrated probability of ${classes[1]!}`, three(shown.score)],
          ['Threshold of the calibrated probability', three(shown.threshold)],
          ['Calibration', `${calibrationNames[calibration.map.kind]} on ${calibration.on.name}, ${calibrationTest(calibration)}`], // prettier-ignore
        ]
      : []
  const rows: readonly (readonly [string, Cell])[] = [
    ['File', image.fileName],
    ['Size', `${image.columns} × ${image.rows}${image.synthetic ? ', synthetic' : ''}`],
    ['Model', `${manifest.name} (weights ${manifest.files['weights.bin']?.sha256.slice(0, 16) ?? ''}…)`], // prettier-ignore
    ...(manifest.card.leak
      ? [['The model’s training', leakWords(manifest.card.leak)] as const]
      : []),
    ...calibrated,
    ...called,
    ...raw,
    ['Outside the training', outside === undefined ? 'not asked' : outsideMessage(outside) || 'nothing speaks for it'], // prettier-ignore
    ['Reader’s verdict', verdict],
    ['Note', note],
    ['Report made', at],
  ]
  return page(
    `Film: ${image.fileName}`,
    `${facts(rows)}<div class="beside">${picture(film, 'png', `The film, ${image.columns} × ${image.rows}`)}${explained ? mapOf(explained, classes) : ''}</div>${explained ? testsOf(explained.trust) : ''}`,
  )
}

/** Grey where its tests say that it is not to be relied on. */
function mapOf({ png, map, trust }: ExplainedFilm, classes: readonly string[]): string {
  const layer = map.layer === undefined ? '' : ` of ${map.layer}`
  const words = `${map.method}${layer} for ${classes[map.target] ?? ''}: from nothing (dark) to the map’s largest value (bright). ${trustNames[trust.level]}. ${greyReason(trust) ?? 'A map tells what the network looked at, not whether it was right.'}` // prettier-ignore
  return picture(png, 'png', words, trust.level === 'low' ? 'grey' : undefined)
}

const testsOf = (trust: MapTrust): string =>
  `<h2>Tests of the map</h2>${table(
    ['', '', ''],
    trustRows(trust).map(({ name, figure, holds, meaning }) => [name, `${figure}, ${holds ? 'held' : 'NOT held'}`, meaning]), // prettier-ignore
  )}`
