/** What a person decides of findings: films change by an edit, which can be taken back like any other. */
import type { FilmState } from '../../shared/domain/datasetEdit.ts'
import type { FindingKind } from '../../shared/domain/findingKind.ts'
import type { Decision } from '../../shared/domain/quality.ts'
import { AppError } from '../../shared/errors.ts'
import type { FilmDecision } from '../../store/qualityDecision.ts'
import type { Library } from '../library.ts'

interface DecisionOrder {
  readonly datasetId: string
  readonly kind: FindingKind
  readonly decisions: readonly FilmDecision[]
}

/**
 * One step of the data set's edits, also where it leaves the films as they are, so that it is taken back and done again in
 * its turn. Throws BAD_INPUT for a class that the data set lacks or a film of another data set.
 */
export function decideFindings(
  { store }: Pick<Library, 'store'>,
  { datasetId, kind, decisions }: DecisionOrder,
): void {
  const { classes } = store.datasets.get(datasetId)
  const states = store.edits.states(datasetId, decisions.map(({ imageId }) => imageId)) // prettier-ignore
  const films = decisions.map((decided) => {
    const { imageId, decision, className } = decided
    const before = states.get(imageId)
    if (!before) throw new AppError('BAD_INPUT', 'The film is not of this data set')
    if (decision === 'relabel' && (className === undefined || !classes.includes(className)))
      throw new AppError('BAD_INPUT', `The data set has no class «${className ?? ''}»`)
    return { imageId, after: decidedOn(before, decided, store.decisions.latest(imageId, kind)) }
  })
  store.transaction(() => {
    const edit = store.edits.apply(datasetId, decisionTitle(kind, decisions), films)
    if (edit === undefined) return
    store.decisions.add(datasetId, kind, decisions, { edit, decidedAt: new Date().toISOString() })
  })
}

/**
 * The film after the decision. One that is kept takes part again; any other decision takes back the exclusion that was
 * made under this kind alone.
 */
function decidedOn(
  before: FilmState,
  { decision, className }: FilmDecision,
  earlier: Decision | undefined,
): FilmState {
  const isFreed = decision === 'keep' || (decision !== 'exclude' && earlier === 'exclude')
  return {
    ...before,
    excluded: decision === 'exclude' || (before.excluded && !isFreed),
    ...(decision === 'relabel' && className !== undefined && { className }),
  }
}

const verbs: Readonly<Record<Decision, string>> = {
  keep: 'kept',
  exclude: 'excluded',
  relabel: 'relabelled',
  'no-issue': 'found nothing wrong with',
}

/** «Duplicate: kept 1 film, excluded 2 films». */
function decisionTitle(kind: FindingKind, decisions: readonly FilmDecision[]): string {
  const counts = new Map<Decision, number>()
  for (const { decision } of decisions) counts.set(decision, (counts.get(decision) ?? 0) + 1)
  const said = [...counts].map(
    ([decision, films]) => `${verbs[decision]} ${films} ${films === 1 ? 'film' : 'films'}`,
  )
  const name = kind.replace('-', ' ')
  return `${name[0]!.toUpperCase()}${name.slice(1)}: ${said.join(', ')}`
}
