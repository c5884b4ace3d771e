/** Labels blended with what several trainings of one fold say of the films that all of them were trained on. */
import type { LabelledFilm } from '../src/shared/domain/training.ts'
import { teachersOf, type Run } from './protocol.ts'
import { packageOf, runName, type Work } from './runs.ts'
import { nameOf, scoresOf, type FilmScores } from './score.ts'

/**
 * The films with the doubts of the run's teachers in their labels; as they are for a run without teachers. Half of the
 * label counts, and half the mean of all teachers' scores of the film and its changed copies. Films of the watched fold,
 * which no teacher saw, keep their labels.
 */
export async function taught(work: Work, run: Run): Promise<readonly LabelledFilm[]> {
  const teachers = teachersOf(run)
  if (teachers.length === 0) return work.films
  const said: FilmScores[][] = []
  for (const teacher of teachers) {
    const model = { name: runName(teacher), fold: run.fold, modelFolder: packageOf(work, teacher) }
    said.push(await scoresOf(work, model, 'train'))
  }
  return withDoubts(work.films, said)
}

/** `said`: for each teacher the scores of the same films. */
export function withDoubts(
  films: readonly LabelledFilm[],
  said: readonly (readonly FilmScores[])[],
): LabelledFilm[] {
  const scores = new Map<string, number[]>()
  for (const { film, plain, stressed } of said.flat())
    scores.set(film, [...(scores.get(film) ?? []), plain, ...stressed])
  return films.map((film) => {
    const known = scores.get(nameOf(film))
    if (!known) return film
    const mean = known.reduce((sum, score) => sum + score, 0) / known.length
    return { ...film, doubt: Math.abs(film.label - mean) / 2 }
  })
}
