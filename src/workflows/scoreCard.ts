/** What an assessment says of its model, and what a person decides on it. */
import type { Assessment, ScoreCard } from '../shared/domain/assessment.ts'
import type { JudgedSet } from '../shared/domain/calibration.ts'
import type { PairedComparison } from '../shared/domain/comparison.ts'
import type { ModelManifest } from '../shared/domain/model.ts'
import type { JudgementOrder } from '../shared/domain/scoreCard.ts'
import { ShortcutChange, type ShortcutFigures } from '../shared/domain/shortcut.ts'
import { AppError } from '../shared/errors.ts'
import type { StoredModel } from '../store/model.ts'
import { facetsOf } from './filmFacets.ts'
import type { Library } from './library.ts'
import { modelFolder } from './modelPackages.ts'

export async function scoreCard(
  { store, engine }: Library,
  assessmentId: string,
): Promise<ScoreCard> {
  const assessment = store.assessments.get(assessmentId)
  const { manifest } = store.models.get(assessment.modelId)
  const films = store.assessments.scores(assessmentId)
  const { calibration, classes, threshold, zones } = manifest
  const figures = await engine.judge({
    ...columnsOf(films),
    ...{ classes, threshold, calibration: calibration?.map },
    ...(zones && { zones: { low: zones.low, high: zones.high } }),
    facets: facetsOf(films.map(({ imageId }) => store.images.get(imageId))),
  })
  const patientOf = new Map(films.map(({ imageId, patient }) => [imageId, patient]))
  const changed = store.shortcuts
    .ofAssessment(assessmentId)
    .map((film) => ({ ...film, patient: patientOf.get(film.imageId)! }))
  const shortcuts = await shortcutsOf(changed, engine, threshold)
  const { datasetHash, modelId } = assessment
  const looks = datasetHash === undefined ? undefined : store.testLooks.count(datasetHash, modelId)
  const holdsTest = assessment.part === 'test' || assessment.part === 'all'
  const { leak } = manifest.card
  return {
    ...{ ...figures, assessment, shortcuts },
    ...(holdsTest && looks && looks.byModel > 0 && { looks }),
    ...(leak && { leak }),
  }
}

/** Change by change; nothing where none was tested. */
function shortcutsOf(
  films: readonly (ReturnType<Library['store']['shortcuts']['ofAssessment']>[number] & {
    readonly patient: string
  })[],
  engine: Library['engine'],
  threshold: number,
): Promise<ShortcutFigures[]> {
  const changes = ShortcutChange.options.flatMap((change) => {
    const under = films.filter((film) => film.change === change)
    if (under.length === 0) return []
    return {
      change,
      before: under.map(({ probabilities }) => probabilities),
      after: under.map(({ changed }) => changed),
      labels: under.map(({ label }) => label),
      patients: under.map(({ patient }) => patient),
    }
  })
  return engine.judgeShortcuts({ changes, threshold })
}

/**
 * Chooses calibration, threshold or zones on the films of an assessment and keeps them in the package.
 * Throws BAD_INPUT for films that the model was trained or is to be tested on.
 */
export async function decideOn(
  library: Library,
  { assessmentId, order }: { readonly assessmentId: string; readonly order: JudgementOrder },
): Promise<StoredModel> {
  const { store, engine } = library
  const assessment = store.assessments.get(assessmentId)
  requireFitting(assessment)
  const { modelId } = assessment
  const manifest = await engine.decide({
    ...order,
    folder: modelFolder(library, modelId),
    scored: columnsOf(store.assessments.scores(assessmentId)),
    on: setOf(assessment),
  })
  keepDecision(library, modelId, order, manifest)
  return store.models.get(modelId)
}

/** What the package has been told already, told to the library and its audit trail. */
export function keepDecision(
  { store }: Pick<Library, 'store'>,
  modelId: string,
  order: JudgementOrder,
  manifest: ModelManifest,
): void {
  store.transaction(() => {
    store.models.replaceManifest(modelId, manifest)
    store.audit.append('threshold', modelId, decided(order, manifest))
  })
}

const decided = (order: JudgementOrder, { threshold }: ModelManifest) => ({
  ...(order.goal !== undefined && { goal: order.goal?.kind ?? 'none', threshold }),
  ...(order.calibration !== undefined && { calibration: order.calibration ?? 'none' }),
  ...(order.zones !== undefined && { zones: order.zones !== null }),
})

/** Two models of the same two classes on the films that both have scored. Throws BAD_INPUT where they share none. */
export async function compareModels(
  { store, engine }: Library,
  assessmentIds: readonly [string, string],
): Promise<PairedComparison> {
  const [first, second] = assessmentIds.map((id) => {
    const { threshold, classes } = store.models.get(store.assessments.get(id).modelId).manifest
    const films = store.assessments.scores(id)
    return { films: new Map(films.map((film) => [film.imageId, film])), threshold, classes }
  })
  if (first!.classes.length !== 2 || first!.classes.join('\n') !== second!.classes.join('\n')) {
    throw new AppError('BAD_INPUT', 'Only two models of the same two classes can be compared')
  }
  const shared = [...first!.films.keys()].filter((id) => second!.films.has(id))
  if (shared.length === 0) {
    throw new AppError('BAD_INPUT', 'The two models have scored no film in common')
  }
  const side = ({ films, threshold }: Pick<NonNullable<typeof first>, 'films' | 'threshold'>) => ({
    scores: shared.map((id) => films.get(id)!.probabilities.at(-1)!),
    threshold,
  })
  const labels = shared.map((id) => first!.films.get(id)!.label)
  return engine.compare({ first: side(first!), second: side(second!), labels })
}

const columnsOf = (films: ReturnType<Library['store']['assessments']['scores']>) => ({
  probabilities: films.map(({ probabilities }) => probabilities),
  labels: films.map(({ label }) => label),
  patients: films.map(({ patient }) => patient),
})

const setOf = (assessment: Assessment): JudgedSet => ({
  name: `${assessment.datasetName}, ${assessment.part === 'all' ? 'all films' : assessment.part}`,
  films: assessment.films,
  positives: assessment.positives,
  patients: assessment.patients,
  hash: assessment.setHash,
})

function requireFitting({ internal, part }: Assessment): void {
  const why =
    part === 'test'
      ? 'test films say how good a choice is, so nothing is chosen on them'
      : internal && part !== 'validation'
        ? 'the model was trained on these films, so it looks better on them than it is'
        : undefined
  if (why) throw new AppError('BAD_INPUT', `Choose on validation films: ${why}`)
}
