import type { ScreenedFilm } from '../../shared/contracts/engineAreas/scoring.ts'
import type { Evaluation } from '../../shared/domain/evaluation.ts'
import type { Refusal } from '../../shared/domain/film.ts'
import type { LabelledFilm } from '../../shared/domain/training.ts'
import { AppError } from '../../shared/errors.ts'
import type { Job } from '../../shared/rpc/contract.ts'
import { evaluate } from '../evaluate/evaluate.ts'
import { loadedModels } from './loadModel.ts'
import { scoredFilms } from './screen.ts'

interface EvaluationOrder {
  readonly modelFolder: string
  readonly films: readonly LabelledFilm[]
  /** The model's own when left out; two classes only. */
  readonly threshold?: number | undefined
}

/**
 * A model's figures on labelled films; those that cannot be read are listed and left out.
 * Throws BAD_INPUT when none is left, BAD_MODEL, CANCELLED.
 */
export function evaluateModel(
  { modelFolder, films, threshold }: EvaluationOrder,
  job: Job<{ done: number; total: number; films: ScreenedFilm[] }>,
): Promise<Evaluation & { refused: Refusal[] }> {
  return loadedModels.use(modelFolder, async (model) => {
    const paths = films.map(({ path }) => path)
    const turned = films.flatMap((film) => (film.turned ? [film.path] : []))
    const rows: number[][] = []
    const labels: number[] = []
    const patients: string[] = []
    const refused: Refusal[] = []
    let done = 0
    for await (const scored of scoredFilms(model, { paths, turned }, job.signal)) {
      for (const film of scored) {
        const { label, patient } = films[done++]!
        if (film.kind === 'refused') refused.push(film.refusal)
        else {
          rows.push(film.probabilities)
          labels.push(label)
          patients.push(patient)
        }
      }
      job.report({ done, total: films.length, films: scored })
    }
    if (rows.length === 0) {
      const why = refused[0] ? `; the first: ${refused[0].reason}` : ''
      throw new AppError('BAD_INPUT', `None of the ${films.length} films could be read${why}`)
    }
    const { classes } = model.manifest
    return {
      ...evaluate(rows, labels, classes, threshold ?? model.manifest.threshold, patients),
      refused,
    }
  })
}
