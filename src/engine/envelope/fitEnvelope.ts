import type { Envelope, View } from '../../shared/domain/envelope.ts'
import { likeness, symmetry, unitLength, type FilmLook } from './look.ts'
import { distanceOf, fitCloud, whitened } from './mahalanobis.ts'
import { firstAgainstOthers, fitViews, viewScores } from './views.ts'

/** An envelope with its numbers, as a package keeps it. */
export interface FittedEnvelope {
  readonly envelope: Envelope
  /** Mean, whitening, mean film; see `envelopeNumbers`. */
  readonly numbers: Float32Array
}

/** What a network saw of films at the end of its training. */
export interface SeenFilms {
  /** As they are. */
  readonly train: readonly FilmLook[]
  readonly validation: readonly FilmLook[]
  /** Features of the same films, changed at random as the training changes its films; none where it does not. */
  readonly changed?: { readonly train: Features; readonly validation: Features }
  /** Features of pictures of other kinds. */
  readonly strangers?: ReadonlyMap<Exclude<View, 'usual'>, Features>
}
type Features = readonly Float32Array[]

/** Fewer say too little about their own spread. */
const LEAST_FILMS = 20

/**
 * The envelope of training films, its limits from films that it was not fitted on where there are enough of them: one
 * film in a hundred like these, changed ones among them, is called far. Undefined for too few films, or a network without
 * an image.
 */
export function fitEnvelope(
  { train, validation, changed, strangers }: SeenFilms,
  ages?: Envelope['ages'],
): FittedEnvelope | undefined {
  const features = train[0]?.features.length ?? 0
  if (train.length < LEAST_FILMS || features === 0) return undefined
  const usual = [...featuresOf(train), ...(changed?.train ?? [])]
  const cloud = fitCloud(usual)
  const held = validation.length >= LEAST_FILMS
  const checked = held ? validation : train
  const within = (points: Features) => points.map((point) => whitened(cloud, point))
  const known = within([
    ...featuresOf(checked),
    ...(changed?.[held ? 'validation' : 'train'] ?? []),
  ])
  const meanThumb = meanFilm(train)
  const distances = rising(known.map(distanceOf))
  // Films that a line was fitted on lie on its right side, whatever it is worth.
  const views = held && strangers ? viewsAmong(within(usual), strangers, within, known) : undefined
  return {
    numbers: Float32Array.from([...cloud.mean, ...cloud.whitening, ...meanThumb, ...(views?.numbers ?? [])]), // prettier-ignore
    envelope: {
      films: train.length,
      checkedOn: { part: held ? 'validation' : 'train', films: checked.length },
      ...{ features, shrinkage: cloud.shrinkage },
      distances: Array.from({ length: 101 }, (_, percent) => percentile(distances, percent)),
      limits: {
        distance: Math.max(percentile(distances, 99), Number.MIN_VALUE),
        likeness: correlationBelow(checked.map(({ thumb }) => likeness(thumb, meanThumb))),
        symmetry: correlationBelow(checked.map(({ thumb }) => symmetry(thumb))),
      },
      ...(views && { views: views.told }),
      colour: train.some(({ isColour }) => isColour),
      ...(ages && { ages }),
    },
  }
}

/** How other kinds are told from the usual films, and from where on: no film of those that were held out may be odd for it. */
function viewsAmong(
  usual: Features,
  strangers: ReadonlyMap<View, Features>,
  within: (points: Features) => Features,
  known: Features,
) {
  const points = new Map<View, Features>([['usual', usual]])
  for (const [view, own] of strangers) points.set(view, within(own))
  const numbers = fitViews(points)
  const odds = known.map((point) => firstAgainstOthers(viewScores(numbers, point)))
  return { numbers, told: { kinds: [...points.keys()], limit: Math.min(0, belowMost(odds)) } }
}

const featuresOf = (looks: readonly FilmLook[]): Features => looks.map(({ features }) => features)

function meanFilm(looks: readonly FilmLook[]): Float32Array {
  const sum = new Float32Array(looks[0]!.thumb.length)
  for (const { thumb } of looks) thumb.forEach((value, at) => (sum[at]! += value))
  return unitLength(sum)
}

const rising = (values: readonly number[]) => [...values].sort((a, b) => a - b)

/** Between neighbours; `values` rise. */
function percentile(values: readonly number[], percent: number): number {
  const at = ((values.length - 1) * percent) / 100
  const low = Math.floor(at)
  const [a, b] = [values[low]!, values[Math.min(low + 1, values.length - 1)]!]
  return a + (b - a) * (at - low)
}

/** Films that are all alike must not make every other one a stranger. */
const MOST = 0.5
const correlationBelow = (values: readonly number[]) =>
  Math.min(MOST, Math.max(-2, belowMost(values)))

/** Below the lowest hundredth by half its way from the middle: for pictures of another kind, not for odd films. */
function belowMost(values: readonly number[]): number {
  const sorted = rising(values)
  const [low, middle] = [percentile(sorted, 1), percentile(sorted, 50)]
  return low - (middle - low) / 2
}
