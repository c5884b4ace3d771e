/** Films that are copies of each other, exact or nearly, and those of one patient that are only alike. */
import type { NewFinding } from '../../store/qualityCheck.ts'

export interface PlacedFilm {
  readonly imageId: string
  readonly pixelHash: string
  /** Undefined where nobody knows it. */
  readonly patient?: string | undefined
  readonly className?: string | undefined
  readonly part?: string | undefined
}

/** Two films by their places, and how many of the 256 bits of their hashes differ. */
export interface Pair {
  readonly first: number
  readonly second: number
  readonly distance: number
}

/** Bits up to which two films are copies; see docs/datasets.md. */
const COPY_BITS = 20
/** Bits up to which two films of one patient are alike. */
export const ALIKE_BITS = 48

/** Groups of films with the same pixels, those that contradict each other first. */
export function duplicates(films: readonly PlacedFilm[]): NewFinding[] {
  const groups = new Map<string, PlacedFilm[]>()
  for (const film of films) {
    const group = groups.get(film.pixelHash)
    if (group) group.push(film)
    else groups.set(film.pixelHash, [film])
  }
  return [...groups.values()]
    .filter((group) => group.length > 1)
    .map((group) => found('duplicate', group, `${group.length} films with the same pixels`))
    .sort(gravest)
}

/** Groups of nearly equal films; of films with the same pixels only the first stands for all. */
export function nearDuplicates(films: readonly PlacedFilm[], pairs: readonly Pair[]): NewFinding[] {
  const near = pairs.filter(({ distance }) => distance <= COPY_BITS)
  return grouped(films.length, near)
    .map(({ places, bits }) =>
      found(
        'near-duplicate',
        places.map((place) => films[place]!),
        `${places.length} nearly equal films (up to ${bits} of 256 bits differ)`,
      ),
    )
    .sort(gravest)
}

/** Groups of alike films of one patient that are no copies: most likely several exposures. */
export function samePatient(films: readonly PlacedFilm[], pairs: readonly Pair[]): NewFinding[] {
  const alike = pairs.filter(
    ({ first, second, distance }) =>
      distance > COPY_BITS &&
      films[first]!.patient !== undefined &&
      films[first]!.patient === films[second]!.patient,
  )
  return grouped(films.length, alike)
    .sort((a, b) => a.bits - b.bits)
    .map(({ places, bits }) => ({
      kind: 'same-patient',
      severity: 'low',
      detail: `${places.length} films of one patient that are alike without being copies: up to ${bits} of 256 bits differ`,
      imageIds: places.map((place) => films[place]!.imageId),
    }))
}

/** Who stands in two classes or two parts, or under two patients, harms a training most. */
function found(kind: NewFinding['kind'], group: readonly PlacedFilm[], words: string): NewFinding {
  const differ = (values: readonly unknown[]) => new Set(values).size > 1
  const patients = group.flatMap(({ patient }) => patient ?? [])
  const reasons = [
    differ(group.map(({ className }) => className)) && 'in different classes',
    differ(group.map(({ part }) => part)) && 'in different parts',
    differ(patients) && 'under different patients',
  ].filter((reason) => reason !== false)
  return {
    kind,
    severity: reasons.length > 0 ? 'high' : 'medium',
    detail: `${words}, ${reasons.length > 0 ? reasons.join(', ') : ofWhom(patients.length, group.length)}`,
    imageIds: group.map(({ imageId }) => imageId),
  }
}

function ofWhom(known: number, films: number): string {
  if (known === films) return 'of one patient'
  return known === 0 ? 'whose patients are not known' : 'whose patients are not all known'
}

const gravest = (a: NewFinding, b: NewFinding) =>
  Number(b.severity === 'high') - Number(a.severity === 'high') ||
  b.imageIds.length - a.imageIds.length

interface Group {
  /** In order. */
  readonly places: readonly number[]
  /** The most that a pair of it differs. */
  readonly bits: number
}

/** What pairs hold together. */
function grouped(count: number, pairs: readonly Pair[]): Group[] {
  const parents = Int32Array.from({ length: count }, (_, at) => at)
  const rootOf = (place: number): number => {
    let at = place
    // Each step shortens the way of those that come after.
    while (parents[at] !== at) at = parents[at] = parents[parents[at]!]!
    return at
  }
  for (const { first, second } of pairs) parents[rootOf(second)] = rootOf(first)
  const groups = new Map<number, { places: Set<number>; bits: number }>()
  for (const { first, second, distance } of pairs) {
    const root = rootOf(first)
    const group = groups.get(root) ?? { places: new Set(), bits: 0 }
    group.places.add(first).add(second)
    group.bits = Math.max(group.bits, distance)
    groups.set(root, group)
  }
  return [...groups.values()].map(({ places, bits }) => ({
    places: [...places].sort((a, b) => a - b),
    bits,
  }))
}
