/** Splits the films of a plan by patient and decodes each once. */
import type { Part } from '../../shared/domain/part.ts'
import type { TrainingPlan, TrainingProgress } from '../../shared/domain/training.ts'
import { AppError } from '../../shared/errors.ts'
import type { Job } from '../../shared/rpc/contract.ts'
import { foldOf } from '../../shared/split/fold.ts'
import { openFilmCache } from '../data/filmCache.ts'
import { assignParts, type AssignedFilm } from '../data/split.ts'
import { classWeights } from './classWeights.ts'
import type { TrainingFilms } from './trainingFilms.ts'

/** Reports `preparing` while it decodes and `prepared` at its end. Throws BAD_INPUT when a class has no film to train on. */
export async function prepareFilms(
  plan: TrainingPlan,
  job: Job<TrainingProgress>,
): Promise<TrainingFilms> {
  const { classes, settings, spec } = plan
  if (classes.length !== spec.classes) {
    throw new AppError(
      'BAD_INPUT',
      `The films are of ${classes.length} classes, but ${spec.name} tells ${spec.classes} apart`,
    )
  }
  const doubtful = plan.films.find(({ doubt }) => doubt !== undefined)
  if (doubtful && classes.length !== 2) {
    throw new AppError(
      'BAD_INPUT',
      `${doubtful.path} has a doubt in its label, which is for films of two classes; these are of ${classes.length}`,
    )
  }
  const { validationShare, seed, fold } = settings
  // By path, so that the same films give the same training in whatever order they were found.
  const inOrder = [...plan.films].sort((a, b) => (a.path < b.path ? -1 : 1))
  const all = assignParts(inOrder, {
    ...{ classes, validationShare, seed },
    ...(fold !== undefined && { fold: foldOf(fold) }),
  })
  const startedAt = performance.now()
  const cache = await openFilmCache(
    {
      paths: all.map(({ path }) => path),
      turned: all.flatMap(({ path, turned }) => (turned ? [path] : [])),
      folder: plan.cacheFolder,
      rows: spec.input.height,
      columns: spec.input.width,
      channels: spec.input.channels,
      resize: settings.preprocessing.resize,
      window: settings.preprocessing.window,
    },
    {
      signal: job.signal,
      report: ({ done, total }) => job.report({ kind: 'preparing', done, total }),
    },
  )
  const decodeSeconds = (performance.now() - startedAt) / 1000
  const refused = new Set(cache.refused.map(({ position }) => position))
  const positions = all.flatMap((_, position) => (refused.has(position) ? [] : [position]))
  const films = positions.map((position) => all[position]!)
  const places = placesByPart(all, refused)
  const labels = all.map(({ label }) => label)
  requireClasses(places.train, labels, classes, cache.refused)
  job.report({
    kind: 'prepared',
    films: {
      train: places.train.length,
      validation: places.validation.length,
      test: places.test.length,
    },
    ...baseline(places.validation, labels),
    refused: cache.refused.map(({ path, code, reason }) => ({ path, code, reason })),
  })
  const trainLabels = places.train.map((place) => labels[place]!)
  return {
    films,
    places,
    labels,
    ...(doubtful && { doubts: all.map(({ doubt = 0 }) => doubt) }),
    source: cache,
    synthetic: cache.synthetic,
    ...(settings.classWeights && { classWeights: classWeights(trainLabels, classes.length) }),
    decodeSeconds: (decodeSeconds * places.train.length) / Math.max(1, films.length),
    pathsOf: (chosen) => chosen.map((place) => all[place]!.path),
    close: cache.close,
  }
}

/** `2/5` as numbers. Throws BAD_INPUT for a fold that there is not. */
function placesByPart(films: readonly AssignedFilm[], refused: ReadonlySet<number>) {
  const ofPart = (part: Part) =>
    films.flatMap((film, place) => (film.part === part && !refused.has(place) ? [place] : []))
  return { train: ofPart('train'), validation: ofPart('validation'), test: ofPart('test') }
}

/** A class may have lost its films to damage. */
function requireClasses(
  train: readonly number[],
  labels: readonly number[],
  classes: readonly string[],
  refused: readonly { readonly reason: string }[],
): void {
  const present = new Set(train.map((place) => labels[place]))
  const missing = classes.filter((_, label) => !present.has(label))
  if (missing.length === 0) return
  throw new AppError(
    'BAD_INPUT',
    `No training film of ${missing.map((name) => `«${name}»`).join(', ')} could be read${refused[0] ? `; the first of ${refused.length} refused: ${refused[0].reason}` : ''}`,
  )
}

/** What guessing the commonest class reaches on the films that are watched. */
function baseline(watched: readonly number[], labels: readonly number[]) {
  if (watched.length === 0) return {}
  const counts = new Map<number, number>()
  for (const place of watched) {
    const label = labels[place]!
    counts.set(label, (counts.get(label) ?? 0) + 1)
  }
  return { baselineAccuracy: Math.max(...counts.values()) / watched.length }
}
