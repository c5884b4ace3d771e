/** What a model's answer says about a film, in the words of the window. */
import { assertNever } from '../../../shared/assertNever.ts'
import type { ModelManifest, Prediction } from '../../../shared/domain/model.ts'

export type Zone = 'below' | 'above'

export type Reading =
  /** Two classes: the score of the last one stands against the threshold. */
  | {
      readonly kind: 'two-classes'
      readonly positive: string
      readonly score: number
      readonly threshold: number
      readonly zone: Zone
    }
  /** More: the likeliest class, and all of them. */
  | {
      readonly kind: 'many-classes'
      readonly top: string
      readonly score: number
      readonly classes: readonly { readonly name: string; readonly score: number }[]
    }

/** Undefined when the answer does not fit the model, as after another model took its place. */
export function readingOf(
  { probabilities }: Prediction,
  { classes, threshold }: Pick<ModelManifest, 'classes' | 'threshold'>,
): Reading | undefined {
  if (probabilities.length !== classes.length) return undefined
  if (classes.length === 2) {
    const score = probabilities[1]!
    const zone = score >= threshold ? 'above' : 'below'
    return { kind: 'two-classes', positive: spoken(classes[1]!), score, threshold, zone }
  }
  const all = classes.map((name, index) => ({ name: spoken(name), score: probabilities[index]! }))
  const top = all.reduce((best, each) => (each.score > best.score ? each : best))
  return { kind: 'many-classes', top: top.name, score: top.score, classes: all }
}

/** «PNEUMONIA» → «Pneumonia»; names with small letters stay as they are. */
export const spoken = (className: string): string =>
  className.length > 3 && className === className.toUpperCase()
    ? className[0]! + className.slice(1).toLowerCase()
    : className

export function zoneWord(zone: Zone): string {
  switch (zone) {
    case 'below':
      return 'Below threshold'
    case 'above':
      return 'Above threshold'
    default:
      return assertNever(zone)
  }
}
