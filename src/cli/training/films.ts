/** The films behind `--data`: a folder, or a data set of the library. */
import type { InputShape } from '../../shared/domain/modelSpec.ts'
import type { FolderSurvey } from '../../shared/domain/film.ts'
import type { LabelledFilm } from '../../shared/domain/training.ts'
import type { PlacedFilm } from '../../shared/split/overlap.ts'
import type { StoredDataset } from '../../store/dataset.ts'
import { labelledFilms as ofDataset, usableFilms } from '../../workflows/labelledFilms.ts'
import type { Library } from '../../workflows/library.ts'
import { splitFilms } from '../../workflows/splitFilms.ts'
import { reportRefusals } from '../failures.ts'
import { labelledFilms, notePassedOver } from '../labelledFolder.ts'
import { withLibrary } from '../library.ts'
import { existingPath, isThere } from '../paths.ts'
import { shownBelow } from '../shownPath.ts'
import { UsageError } from '../usageError.ts'
import type { Context } from '../verb.ts'

export interface FilmsToTrainOn {
  readonly classes: readonly string[]
  readonly films: LabelledFilm[]
  /** Where all pictures are of one size that a network may take as it is. */
  readonly input?: InputShape | undefined
  /** Of the data set. */
  readonly name?: string
  /** The same films as a split is looked through. */
  readonly placed: readonly PlacedFilm[]
  /** Files that could not be used; they were reported. */
  readonly failed: number
}

/** Throws UsageError when there is neither such a folder nor such a data set, or no film has a class. */
export async function filmsToTrainOn(
  data: string,
  library: string | undefined,
  context: Context,
): Promise<FilmsToTrainOn> {
  if (!(await isThere(data))) {
    return withLibrary(library, context, (opened) => Promise.resolve(fromLibrary(opened, data)))
  }
  const { output, engine, signal } = context
  const survey = await engine.surveyFolder({ paths: [await existingPath(data)] }, { signal })
  const failures = notePassedOver(output, survey)
  reportRefusals(output, failures, shownBelow([data]))
  const { classes } = survey
  const films = labelledFilms(survey, classes)
  const input = await ownSize(survey, engine)
  return { classes, films, input, placed: films, failed: failures.length }
}

function fromLibrary(library: Library, name: string): FilmsToTrainOn {
  const dataset = findDataset(library, name)
  const { classes, id } = dataset
  const images = splitFilms(library, id)
  const films = ofDataset(images, classes)
  const input = sizeOfDataset(library, dataset)
  return { classes, films, placed: usableFilms(images), input, name: dataset.name, failed: 0 }
}

/** Pictures of one file are all of one size, which a network for them takes as it is. */
export async function ownSize(
  { layout, films }: FolderSurvey,
  engine: Context['engine'],
): Promise<InputShape | undefined> {
  const [first] = films
  if (layout !== 'idx' || !first) return undefined
  const { rows, columns } = await engine.renderFilm({ path: first.path })
  return { height: rows, width: columns, channels: 1 }
}

/** As `ownSize`, for films that the library knows. */
export function sizeOfDataset(
  { store }: Library,
  { id, layout }: StoredDataset,
): InputShape | undefined {
  const [first] = layout === 'idx' ? store.images.ofDataset(id) : []
  return first && { height: first.rows, width: first.columns, channels: 1 }
}

/** By id or name. Throws UsageError when there is none, or several of that name. */
export function findDataset({ store }: Library, name: string): StoredDataset {
  const found = store.datasets
    .all()
    .filter((dataset) => dataset.id === name || dataset.name === name)
  const [dataset] = found
  if (!dataset) {
    throw new UsageError(`«${name}» is neither a folder nor a data set of the library`)
  }
  if (found.length > 1) {
    throw new UsageError(
      `There are ${found.length} data sets named «${name}»; name one by id: ${found.map(({ id }) => id).join(', ')}`,
    )
  }
  return dataset
}
