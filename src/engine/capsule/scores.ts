import type { CapsuleFilm } from '../../shared/domain/capsule.ts'
import type { Evaluation } from '../../shared/domain/evaluation.ts'
import type { Refusal } from '../../shared/domain/film.ts'
import type { ModelManifest } from '../../shared/domain/model.ts'
import type { Job } from '../../shared/rpc/contract.ts'
import { evaluate } from '../evaluate/evaluate.ts'
import { loadedModels } from '../predict/loadModel.ts'
import { scoredFilms } from '../predict/screen.ts'

export interface Scores {
  /** By path. */
  readonly probabilities: ReadonlyMap<string, readonly number[]>
  readonly refused: readonly Refusal[]
}

/** Probabilities of all films in float32. */
export function scoresOf(
  modelFolder: string,
  paths: readonly string[],
  job: Job<{ done: number; total: number }>,
): Promise<Scores> {
  return loadedModels.use(modelFolder, async (model) => {
    const probabilities = new Map<string, readonly number[]>()
    const refused: Refusal[] = []
    let done = 0
    for await (const films of scoredFilms(model, { paths }, job.signal)) {
      for (const film of films) {
        if (film.kind === 'refused') refused.push(film.refusal)
        else probabilities.set(film.path, film.probabilities)
      }
      done += films.length
      job.report({ done, total: paths.length })
    }
    return { probabilities, refused }
  })
}

/** Figures of a part from the films that have scores; null where there are none. */
export function figuresOf(
  films: readonly CapsuleFilm[],
  part: CapsuleFilm['part'],
  { classes, threshold }: Pick<ModelManifest, 'classes' | 'threshold'>,
): Evaluation | null {
  const scored = films.filter((film) => film.part === part && film.probabilities)
  if (scored.length === 0) return null
  const labels = scored.map((film) => classes.indexOf(film.class))
  return evaluate(
    scored.map(({ probabilities }) => probabilities!),
    labels,
    classes,
    threshold,
  )
}
