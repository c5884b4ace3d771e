/** Films dealt to parts by a plan: first on paper, then in the data set. */
import type { Part } from '../../shared/domain/part.ts'
import type { SplitPlan, SplitPreview } from '../../shared/domain/split.ts'
import { AppError } from '../../shared/errors.ts'
import { filmGroups } from '../../shared/split/groups.ts'
import { overlapsOf } from '../../shared/split/overlap.ts'
import { usableFilms } from '../labelledFilms.ts'
import type { Library } from '../library.ts'
import { splitFilms, type SplitFilm } from '../splitFilms.ts'
import { reportOn } from './examine.ts'

interface PlanOrder {
  readonly datasetId: string
  readonly plan: SplitPlan
}

/** The parts that the plan would give, and what a split by image would have done instead; nothing is changed. */
export async function previewSplit(library: Library, order: PlanOrder): Promise<SplitPreview> {
  const { classes, films, excluded, parts, folds } = await deal(library, order)
  const byImage = await deal(library, { ...order, plan: { ...order.plan, by: 'image', folds: undefined } }) // prettier-ignore
  const placed = placedBy(films, parts)
  const isChecked = library.store.quality.check(order.datasetId) !== undefined
  return {
    report: { ...reportOn(placed, classes, isChecked), excluded },
    classes: [...classes],
    folds: Array.from({ length: order.plan.folds ?? 0 }, (_, fold) =>
      classes.map(
        (name) => films.filter(({ className }, at) => folds[at] === fold && className === name).length, // prettier-ignore
      ),
    ),
    byImage: overlapsOf(placedBy(films, byImage.parts)),
  }
}

/** Gives the films their parts; with folds, all but the test is left to the training's folds. */
export async function applySplit(library: Library, order: PlanOrder): Promise<{ changed: number }> {
  const { films, parts } = await deal(library, order)
  const { by, seed, folds } = order.plan
  const how = folds === undefined ? `seed ${seed}` : `seed ${seed}, ${folds} folds`
  const moved = films.flatMap(({ id, part }, at) =>
    (part ?? null) === parts[at] ? [] : [{ id, part: parts[at]! }],
  )
  return { changed: moveFilms(library, order.datasetId, `Split by ${by} (${how})`, moved) }
}

/** Enters films' new parts as one edit; answers how many moved. */
export function moveFilms(
  { store }: Pick<Library, 'store'>,
  datasetId: string,
  title: string,
  moved: readonly { readonly id: string; readonly part: Part | null }[],
): number {
  const states = store.edits.states(datasetId, moved.map(({ id }) => id)) // prettier-ignore
  const films = moved.flatMap(({ id, part }) => {
    const before = states.get(id)
    return before ? [{ imageId: id, after: { ...before, part } }] : []
  })
  store.edits.apply(datasetId, title, films)
  return films.length
}

async function deal({ store, engine }: Library, { datasetId, plan }: PlanOrder) {
  if (plan.validation + plan.test > 0.9) {
    throw new AppError('BAD_INPUT', 'Validation and test leave less than a tenth of the patients to train on') // prettier-ignore
  }
  const { classes, name } = store.datasets.get(datasetId)
  const all = splitFilms({ store }, datasetId)
  const films = usableFilms(all)
  if (films.length === 0) throw new AppError('BAD_INPUT', `«${name}» has no film with a class`)
  const groups = filmGroups(films)
  const dealt = await engine.splitFilms({
    films: films.map(({ className }, at) => ({
      label: Math.max(0, classes.indexOf(className ?? '')),
      group: groups[at]!,
    })),
    plan,
  })
  const excluded = all.filter((image) => image.excluded === true).length
  return { classes, films, excluded, ...dealt }
}

const placedBy = (films: readonly SplitFilm[], parts: readonly (Part | null)[]): SplitFilm[] =>
  films.map((film, at) => ({ ...film, part: parts[at] ?? undefined }))
