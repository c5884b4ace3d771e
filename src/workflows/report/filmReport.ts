/** What a model and a reader say of one film, on one page. Of the patient it tells the file's name alone. */
import type { Explanation } from '../../shared/domain/explanation.ts'
import type { ModelManifest } from '../../shared/domain/model.ts'
import type { WorklistItem } from '../../shared/domain/review.ts'
import { calibratedScore } from '../../shared/judgement/calibrate.ts'
import { outsideMessage } from '../../shared/judgement/outsideCell.ts'
import { zoneOf } from '../../shared/judgement/zone.ts'
import { leakWords } from '../../shared/split/words.ts'
import { facts, page, picture, three, type Cell } from './html.ts'

interface Film {
  readonly item: WorklistItem
  readonly manifest: ModelManifest
  /** With the map in colours over it. */
  readonly explained?: { readonly png: Uint8Array; readonly map: Omit<Explanation, 'values'> } | undefined // prettier-ignore
  /** ISO 8601. */
  readonly at: string
}

export function filmReport({ item, manifest, explained, at }: Film): string {
  const { image, prediction, verdict, note } = item
  const { classes, threshold, zones } = manifest
  const score = classes.length === 2 ? prediction?.probabilities[1] : undefined
  const probability = score === undefined ? undefined : calibratedScore(manifest, score)
  const outside = prediction?.outside
  const called =
    score === undefined
      ? []
      : ([
          ['Called', classes[score >= threshold ? 1 : 0]],
          ['Threshold (of the raw score)', three(threshold)],
          ['Zone', zoneOf(score, threshold, zones)],
        ] as const)
  const scores = classes.map(
    (name, index): [string, Cell] => [`Raw score of ${name}`, three(prediction?.probabilities[index])], // prettier-ignore
  )
  const rows: readonly (readonly [string, Cell])[] = [
    ['File', image.fileName],
    ['Size', `${image.columns} × ${image.rows}${image.synthetic ? ', synthetic' : ''}`],
    ['Model', `${manifest.name} (weights ${manifest.files['weights.bin']?.sha256.slice(0, 16) ?? ''}…)`], // prettier-ignore
    ...(manifest.card.leak
      ? [['The model’s training', leakWords(manifest.card.leak)] as const]
      : []),
    ...scores,
    ...(probability === undefined ? [] : [['Calibrated probability', three(probability)] as const]),
    ...called,
    ['Outside the training', outside === undefined ? 'not asked' : outsideMessage(outside) || 'nothing speaks for it'], // prettier-ignore
    ['Reader’s verdict', verdict],
    ['Note', note],
    ['Report made', at],
  ]
  const map = explained
    ? picture(explained.png, 'png', `${explained.map.method}${explained.map.layer === undefined ? '' : ` of ${explained.map.layer}`} for ${classes[explained.map.target] ?? ''}: from nothing (dark) to the map’s largest value (bright). A map tells what the network looked at, not whether it was right.`) // prettier-ignore
    : ''
  return page(`Film: ${image.fileName}`, `${facts(rows)}${map}`)
}
