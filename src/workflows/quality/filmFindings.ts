/** What the facts of single films say, each in words with its figure. */
import type { FindingKind } from '../../shared/domain/findingKind.ts'
import type { QualityFacts, Severity } from '../../shared/domain/quality.ts'
import { robustScores } from '../../shared/robustScores.ts'
import { turnOfTheLoop } from '../../files/turnOfTheLoop.ts'
import { likeMost } from './likeMost.ts'

/** A film with what was found of it. */
export interface JudgedFilm {
  readonly imageId: string
  readonly facts: QualityFacts
  /** A person said that the file tells black from white wrong, and it is read the other way round. */
  readonly turned: boolean
}

export interface FilmFinding {
  readonly imageId: string
  readonly kind: FindingKind
  readonly severity: Severity
  readonly detail: string
  /** Among its kind; the highest first. */
  readonly weight: number
}

/** Robust deviations beyond which a film stands out: of 10,000 normal values less than one. */
const FAR = 4
/** Shares above which a film is named. */
const [CLIPPED, BORDER, UNEXPOSED] = [0.1, 0.05, 0.5]
/** Of the likeness, −1 to 1: chance alone stays within it. */
const UNLIKE = 0.2
/** Signs on one line: a side marker with a time has fewer. */
const LETTERS = 4
/** The least side, pixels, of what a usual network takes. */
const LEAST_SIDE = 224

const percent = (share: number) => `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`

/** Compares the films; what it answers tells all findings of the film at a place, in no order yet. */
export async function filmJudge(
  films: readonly JudgedFilm[],
): Promise<(at: number) => FilmFinding[]> {
  const scores = async (read: Reading) => {
    await turnOfTheLoop()
    return scoresOf(films, read)
  }
  const sharp = await scores(({ sharpness }) => sharpness)
  const contrast = await scores((facts) => Math.log(Math.max(facts.contrast, 1e-3)))
  const area = await scores(({ rows, columns }) => Math.log(rows * columns))
  const shape = await scores(({ rows, columns }) => Math.log(columns / rows))
  await turnOfTheLoop()
  const likeness = likeMost(films.map(({ facts }) => facts.hash))
  await turnOfTheLoop()
  const alike = robustScores(likeness.map((value) => value ?? 1))
  return (at) => {
    const film = films[at]!
    return [
      ...fromModel(film),
      ...unlikeMost(film, likeness[at], alike[at]!),
      ...fromPixels(film),
      ...standingOut(film, { sharp: sharp[at]!, contrast: contrast[at]! }),
      ...ofSize(film, { area: area[at]!, shape: shape[at]! }),
    ]
  }
}

type Reading = (facts: QualityFacts) => number | undefined

/** Fewer films say too little about their own spread. */
const LEAST_FILMS = 20

/** Robust deviations; 0 for a film without the fact, and for all where there are too few. */
function scoresOf(films: readonly JudgedFilm[], read: Reading): number[] {
  const values = films.map(({ facts }) => read(facts))
  if (values.length < LEAST_FILMS) return values.map(() => 0)
  const known = robustScores(values.filter((value) => value !== undefined)).values()
  return values.map((value) => (value === undefined ? 0 : known.next().value!))
}

const codes = {
  NOT_CHEST: { kind: 'not-chest', severity: 'high' },
  LATERAL: { kind: 'lateral', severity: 'high' },
  INVERTED: { kind: 'inverted', severity: 'high' },
  COLOUR: { kind: 'colour', severity: 'medium' },
} as const

function fromModel({ imageId, facts, turned }: JudgedFilm): FilmFinding[] {
  return facts.outside.flatMap(({ code, detail }) => {
    if (code === 'FAR' || code === 'AGE' || (code === 'INVERTED' && turned)) return []
    return [{ imageId, ...codes[code], detail, weight: 0 }]
  })
}

/** Which of the others a film is unlike, where the bundled model has no opinion. */
function unlikeMost(
  { imageId, facts, turned }: JudgedFilm,
  likeness: number | undefined,
  score: number,
): FilmFinding[] {
  if (likeness === undefined || facts.polarity !== undefined) return []
  if (likeness <= -UNLIKE) {
    if (turned) return []
    const detail = `its negative is like most films of the data set (${percent((1 - likeness) / 2)} of its hash)`
    return [{ imageId, kind: 'inverted', severity: 'high', detail, weight: -likeness }]
  }
  if (likeness >= UNLIKE || score > -FAR) return []
  const detail = `unlike most films of the data set (${percent((1 + likeness) / 2)} of its hash agrees)`
  return [{ imageId, kind: 'not-chest', severity: 'medium', detail, weight: -likeness }]
}

function fromPixels({ imageId, facts }: JudgedFilm): FilmFinding[] {
  const { letters, clippedBlack, clippedWhite, borders, exposed } = facts
  const findings: FilmFinding[] = []
  if (letters >= LETTERS) {
    const detail = `${letters} signs on one line look like burned-in writing`
    findings.push({ imageId, kind: 'text', severity: 'medium', detail, weight: letters })
  }
  const clipped = Math.max(clippedBlack, clippedWhite)
  if (clipped > CLIPPED) {
    const end = clippedWhite >= clippedBlack ? 'white' : 'black'
    const detail = `${percent(clipped)} of the exposed part is all ${end}`
    findings.push({ imageId, kind: 'clipped', severity: 'low', detail, weight: clipped })
  }
  const [widest, edge] = widestBorder(borders)
  if (widest > BORDER) {
    const detail = `lines of one grey take ${percent(widest)} of the film at its ${edge} edge`
    findings.push({ imageId, kind: 'border', severity: 'low', detail, weight: widest })
  }
  const empty = 1 - (exposed.right - exposed.left) * (exposed.bottom - exposed.top)
  if (empty > UNEXPOSED) {
    const detail = `only ${percent(1 - empty)} of the film is exposed`
    findings.push({ imageId, kind: 'collimated', severity: 'low', detail, weight: empty })
  }
  return findings
}

function widestBorder({ left, top, right, bottom }: QualityFacts['borders']): [number, string] {
  const edges: [number, string][] = [
    [left, 'left'],
    [top, 'upper'],
    [right, 'right'],
    [bottom, 'lower'],
  ]
  return edges.reduce((widest, edge) => (edge[0] > widest[0] ? edge : widest))
}

interface Spread {
  readonly sharp: number
  readonly contrast: number
}

function standingOut({ imageId, facts }: JudgedFilm, { sharp, contrast }: Spread): FilmFinding[] {
  const words = (score: number) =>
    `${Math.abs(score).toFixed(1)} robust deviations below the data set’s median`
  const findings: FilmFinding[] = []
  if (facts.hash === undefined) {
    const detail = 'all of the film is nearly one grey'
    findings.push({ imageId, kind: 'low-contrast', severity: 'high', detail, weight: 100 })
  } else if (contrast < -FAR) {
    const detail = `its contrast is ${words(contrast)}`
    findings.push({ imageId, kind: 'low-contrast', severity: 'medium', detail, weight: -contrast })
  }
  if (sharp < -FAR) {
    const detail = `its sharpness is ${words(sharp)}`
    findings.push({ imageId, kind: 'blurred', severity: 'medium', detail, weight: -sharp })
  }
  return findings
}

function ofSize(
  { imageId, facts: { rows, columns } }: JudgedFilm,
  { area, shape }: { readonly area: number; readonly shape: number },
): FilmFinding[] {
  const size = `${columns} × ${rows} pixels`
  const least = Math.min(rows, columns)
  const found = (detail: string, weight: number): FilmFinding[] => [
    { imageId, kind: 'size', severity: 'low', detail, weight },
  ]
  if (least < LEAST_SIDE) return found(`${size}: under ${LEAST_SIDE} on a side`, 100 / least)
  const [score, what] = Math.abs(area) >= Math.abs(shape) ? [area, 'size'] : [shape, 'shape']
  if (Math.abs(score) <= FAR) return []
  const words = `${size}: its ${what} is ${Math.abs(score).toFixed(1)} robust deviations from the median`
  return found(words, Math.abs(score) / 100)
}
