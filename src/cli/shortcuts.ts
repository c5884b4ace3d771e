/** `evaluate --shortcuts`: whether a model's decisions hang on what is no finding. */
import {
  ShortcutChange,
  type ChangedFilm,
  type ShortcutFigures,
} from '../shared/domain/shortcut.ts'
import type { LabelledFilm } from '../shared/domain/training.ts'
import { followingFilms } from './filmCount.ts'
import { figure, grouped, table } from './table.ts'
import type { Context } from './verb.ts'

interface ShortcutTest {
  readonly modelFolder: string
  readonly films: readonly LabelledFilm[]
  readonly threshold: number
}

/** Films that cannot be read are left out: the evaluation before has told of them. */
export async function shortcutsOf(
  { modelFolder, films, threshold }: ShortcutTest,
  context: Context,
): Promise<ShortcutFigures[]> {
  const { engine } = context
  const following = followingFilms(context)
  const scored: {
    film: Extract<ChangedFilm, { kind: 'scored' }>
    label: number
    patient: string
  }[] = []
  await engine.shortcuts(
    {
      modelFolder,
      paths: films.map(({ path }) => path),
      turned: films.filter(({ turned }) => turned).map(({ path }) => path),
    },
    {
      signal: following.signal,
      onProgress: (progress) => {
        const start = progress.done - progress.films.length
        progress.films.forEach((film, at) => {
          if (film.kind !== 'scored') return
          const { label, patient } = films[start + at]!
          scored.push({ film, label, patient })
        })
        following.onProgress(progress)
      },
    },
  )
  const changes = ShortcutChange.options.map((change, place) => ({
    change,
    before: scored.map(({ film }) => film.probabilities),
    after: scored.map(({ film }) => film.changed[place]!.probabilities),
    labels: scored.map(({ label }) => label),
    patients: scored.map(({ patient }) => patient),
  }))
  return engine.judgeShortcuts({ changes, threshold })
}

/** For a person. */
export const shortcutTable = (all: readonly ShortcutFigures[]): string =>
  table(
    ['change', 'called otherwise', '95 %', 'became wrong', 'became right', 'mean shift', 'change of AUC', '95 % of it'], // prettier-ignore
    all.map(
      ({
        change,
        films,
        flips,
        flipsCi95,
        becameWrong,
        becameRight,
        meanShift,
        auc,
        aucPatientsCi95,
      }) => [
        ...[change, `${grouped(flips)} of ${grouped(films)}`, range(flipsCi95)],
        ...[grouped(becameWrong), grouped(becameRight), figure(meanShift)],
        ...[figure(auc?.difference), auc ? range(aucPatientsCi95 ?? auc.ci95) : '–'],
      ],
    ),
  )

const range = ([low, high]: readonly [number, number]) => `${figure(low)} to ${figure(high)}`
