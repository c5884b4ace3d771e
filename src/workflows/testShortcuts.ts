/** Whether a model's decisions on judged films hang on borders, letters, compression or the side. */
import { createHash } from 'node:crypto'
import { AppError } from '../shared/errors.ts'
import type { ChangedFilm } from '../shared/domain/shortcut.ts'
import type { Job } from '../shared/rpc/contract.ts'
import type { NewChangedFilm } from '../store/shortcut.ts'
import type { Library } from './library.ts'
import { modelFolder } from './modelPackages.ts'
import { requireOriginals } from './originals.ts'
import { turnedPaths } from './screenFilms.ts'

/** Each film is decoded and scored six times; of more films this many are drawn, always the same ones. */
const MOST_FILMS = 500
/** A film that scores this much otherwise than when it was judged is not the same film any more. */
const SAME_SCORE = 1e-3

export interface ShortcutsTested {
  readonly films: number
  readonly refused: number
}

/**
 * Scores films of an assessment under every change and keeps the scores; an earlier test of it is replaced.
 * Throws CONFLICT where a film scores otherwise than when it was judged, BAD_INPUT when none can be read, CANCELLED.
 */
export async function testShortcuts(
  library: Library,
  assessmentId: string,
  job: Job<{ done: number; total: number }>,
  most = MOST_FILMS,
): Promise<ShortcutsTested> {
  const { store, engine } = library
  const { modelId } = store.assessments.get(assessmentId)
  const judged = drawn(store.assessments.scores(assessmentId), most)
  const images = judged.map(({ imageId }) => store.images.get(imageId))
  await requireOriginals(images)
  const byPath = new Map<string, Extract<ChangedFilm, { kind: 'scored' }>>()
  await engine.shortcuts(
    {
      modelFolder: modelFolder(library, modelId),
      paths: [...new Set(images.map(({ path }) => path))],
      turned: [...turnedPaths(library, images)],
    },
    {
      signal: job.signal,
      onProgress: ({ done, total, films }) => {
        for (const film of films) if (film.kind === 'scored') byPath.set(film.path, film)
        job.report({ done, total })
      },
    },
  )
  const kept = judged.flatMap(({ imageId, probabilities }, at): NewChangedFilm[] => {
    const { path, fileName } = images[at]!
    const film = byPath.get(path)
    if (!film) return []
    if (distance(film.probabilities, probabilities) > SAME_SCORE) {
      throw new AppError(
        'CONFLICT',
        `${fileName} scores otherwise now than when it was judged: judge the model on these films again first`,
      )
    }
    return film.changed.map(({ change, probabilities: after }) => ({
      ...{ imageId, change, probabilities: after },
      shift: distance(after, probabilities),
    }))
  })
  if (kept.length === 0) throw new AppError('BAD_INPUT', 'None of the films could be read')
  const films = new Set(kept.map(({ imageId }) => imageId)).size
  store.transaction(() => {
    store.shortcuts.replace(assessmentId, kept)
    store.audit.append('predict', modelId, { films, as: 'shortcut-test' })
  })
  return { films, refused: judged.length - films }
}

/** Half the sum over the classes. */
const distance = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, at) => sum + Math.abs(value - b[at]!), 0) / 2

/** By a hash of their ids, which has nothing to do with what they show. */
function drawn<T extends { readonly imageId: string }>(films: readonly T[], most: number): T[] {
  const key = ({ imageId }: T) => createHash('sha256').update(imageId).digest('hex')
  const keyed = films.map((film) => ({ film, key: key(film) }))
  keyed.sort((a, b) => (a.key < b.key ? -1 : 1))
  return keyed.slice(0, most).map(({ film }) => film)
}
