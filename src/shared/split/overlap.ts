/** Who stands on two sides of a split. Pure; the window, the command line and the workflows ask the same question. */
import { Overlap, type SplitLeak } from '../domain/split.ts'
import { assertNever } from '../assertNever.ts'
import { Part } from '../domain/part.ts'

/** A film as far as a split is concerned. */
export interface PlacedFilm {
  readonly patient: string
  /** Of the decoded pixels; undefined where they were not read. */
  readonly pixelHash?: string | undefined
  /** Its group of nearly equal films, where it has one. */
  readonly near?: string | undefined
  /** Undefined where the training decides, which puts it where its patient is. */
  readonly part?: Part | undefined
}

const pairs = [
  ['train', 'validation'],
  ['train', 'test'],
  ['validation', 'test'],
] as const satisfies readonly (readonly [Part, Part])[]

/** Overlaps of patients, of equal films and of nearly equal ones, pair by pair of parts; none where the split is sound. */
export function overlapsOf(films: readonly PlacedFilm[]): Overlap[] {
  return Overlap.shape.kind.options.flatMap((kind) => {
    const groups = [...groupsBy(films, kind).values()]
    return pairs.flatMap((parts) => {
      const shared = groups.filter((group) => parts.every((part) => (group.get(part) ?? 0) > 0))
      if (shared.length === 0) return []
      const sum = (part: Part) => shared.reduce((films, group) => films + (group.get(part) ?? 0), 0)
      return [{ kind, parts: [...parts], groups: shared.length, films: [sum(parts[0]), sum(parts[1])] } satisfies Overlap] // prettier-ignore
    })
  })
}

/** The overlaps as they are kept with a training; undefined where there are none. */
export function leakOf(films: readonly PlacedFilm[]): SplitLeak | undefined {
  const overlaps = overlapsOf(films)
  if (overlaps.length === 0) return undefined
  const size = (part: Part) => films.filter((film) => film.part === part).length
  return {
    overlaps,
    sizes: { train: size('train'), validation: size('validation'), test: size('test') },
  }
}

/** Films in each part of every patient, or of every set of equal or nearly equal films. */
export function groupsBy(
  films: readonly PlacedFilm[],
  kind: Overlap['kind'],
): Map<string, Map<Part, number>> {
  const groups = new Map<string, Map<Part, number>>()
  for (const film of films) {
    const { part } = film
    const key = keyOf(film, kind)
    if (key === undefined || part === undefined) continue
    const counts = groups.get(key) ?? new Map<Part, number>()
    groups.set(key, counts.set(part, (counts.get(part) ?? 0) + 1))
  }
  return groups
}

/** What films of one group share; undefined for a film that is of none. */
export function keyOf(
  { patient, pixelHash, near }: PlacedFilm,
  kind: Overlap['kind'],
): string | undefined {
  switch (kind) {
    case 'patient':
      return patient
    case 'copy':
      return pixelHash
    case 'near-copy':
      return near
    default:
      return assertNever(kind)
  }
}
