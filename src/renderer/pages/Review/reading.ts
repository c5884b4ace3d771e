/** What a model's answer says about a film, in the words of the window. */
import { assertNever } from '../../../shared/assertNever.ts'
import type { ZoneName } from '../../../shared/domain/calibration.ts'
import type { ModelManifest, Prediction } from '../../../shared/domain/model.ts'
import { shownScore, type ShownScore } from '../../../shared/judgement/shownScore.ts'
import { count, percent, percentsApart } from '../../format.ts'
import { zoneOf } from '../../../shared/judgement/zone.ts'

export type Reading =
  /** Two classes: the score of the last one stands against the threshold. */
  | {
      readonly kind: 'two-classes'
      readonly positive: string
      /** As the network gave it. */
      readonly score: number
      readonly threshold: number
      /** Score and bounds on the one scale that list and panel show. */
      readonly shown: ShownScore
      readonly zone: ZoneName
      /** Two scores between which films are uncertain; undefined where the threshold alone parts them. */
      readonly between: readonly [low: number, high: number] | undefined
    }
  /** More: the likeliest class, and all of them. */
  | {
      readonly kind: 'many-classes'
      readonly top: string
      readonly score: number
      readonly classes: readonly { readonly name: string; readonly score: number }[]
    }

type JudgedModel = Pick<ModelManifest, 'classes' | 'threshold' | 'calibration' | 'zones'>

/** Undefined when the answer does not fit the model, as after another model took its place. */
export function readingOf({ probabilities }: Prediction, model: JudgedModel): Reading | undefined {
  const { classes, threshold, zones } = model
  if (probabilities.length !== classes.length) return undefined
  if (classes.length === 2) {
    const score = probabilities[1]!
    return {
      ...{ kind: 'two-classes', positive: spoken(classes[1]!), score, threshold },
      shown: shownScore(score, model),
      zone: zoneOf(score, threshold, zones),
      between: zones && [zones.low, zones.high],
    }
  }
  const all = classes.map((name, index) => ({ name: spoken(name), score: probabilities[index]! }))
  const top = all.reduce((best, each) => (each.score > best.score ? each : best))
  return { kind: 'many-classes', top: top.name, score: top.score, classes: all }
}

/** What list and panel show for a film, 0–1, for bars. */
export const shownOf = (reading: Reading): number =>
  reading.kind === 'two-classes' ? reading.shown.score : reading.score

/** The same in words; never the threshold's own number for a score beside it. */
export const shownWords = (reading: Reading): string =>
  reading.kind === 'two-classes'
    ? percentsApart(reading.shown.score, reading.shown.threshold)[0]
    : percent(reading.score)

/** What the network itself gave, for a tip. */
export const rawWords = (reading: Reading): string =>
  `Raw score ${reading.score.toFixed(6)}${reading.kind === 'two-classes' ? `, threshold ${reading.threshold.toFixed(6)}` : ''}`

/** «PNEUMONIA» → «Pneumonia»; names with small letters stay as they are. */
export const spoken = (className: string): string =>
  className.length > 3 && className === className.toUpperCase()
    ? className[0]! + className.slice(1).toLowerCase()
    : className

/** Zones have bounds of their own: a score in the high zone may lie below the threshold, and the other way about. */
export function zoneWord(zone: ZoneName, zoned: boolean): string {
  switch (zone) {
    case 'below':
      return zoned ? 'Low zone' : 'Below threshold'
    case 'uncertain':
      return 'Uncertain'
    case 'above':
      return zoned ? 'High zone' : 'Above threshold'
    default:
      return assertNever(zone)
  }
}

/** What a zone means, from the films that it was chosen on; undefined where the threshold alone parts films. */
export function zoneMeaning(
  zone: ZoneName,
  { zones }: Pick<ModelManifest, 'zones'>,
): string | undefined {
  if (!zones) return undefined
  // Spaces that do not break.
  const tenths = (share: number) => `${(100 * share).toFixed(1)}\u00A0%`
  const interval = ([low, high]: readonly [number, number]) =>
    `95\u00A0%: ${(100 * low).toFixed(1)}–${tenths(high)}`
  const { missed, missedCi95, falseAlarms, falseAlarmsCi95, on, uncertain } = zones
  switch (zone) {
    case 'below':
      return `Of the cases in ${on.name}, ${tenths(missed)} scored this low (${interval(missedCi95)}).`
    case 'uncertain':
      return `Of ${count(on.films)} films in ${on.name}, ${count(uncertain.films)} scored in between, ${count(uncertain.positives)} of them cases: left to the reader.`
    case 'above':
      return `Of the healthy in ${on.name}, ${tenths(falseAlarms)} scored this high (${interval(falseAlarmsCi95)}).`
    default:
      return assertNever(zone)
  }
}
