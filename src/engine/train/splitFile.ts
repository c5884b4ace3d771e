/** The split of a training as a file, and the fingerprint by which a resume knows its plan again. */
import { createHash } from 'node:crypto'
import { dirname, relative, sep } from 'node:path'
import { writeFileAtomically } from '../../files/atomicWrite.ts'
import type { Part } from '../../shared/domain/part.ts'
import type { TrainingPlan } from '../../shared/domain/training.ts'

interface PlacedFilm {
  readonly path: string
  readonly label: number
  readonly doubt?: number | undefined
  readonly patient: string
  readonly part: Part
}

/** The nearest folder that every file lies in. */
export function commonFolder(paths: readonly string[]): string {
  const [first = '', ...rest] = paths
  let folder = dirname(first)
  for (const path of rest) {
    while (!path.startsWith(folder.endsWith(sep) ? folder : folder + sep)) {
      const parent = dirname(folder)
      if (parent === folder) return folder
      folder = parent
    }
  }
  return folder
}

/** Paths as every system writes them, from `folder` on. */
export const pathsFrom = (folder: string, paths: readonly string[]): string[] =>
  paths.map((path) => relative(folder, path).split(sep).join('/'))

/** Writes which film stands in which part. No absolute path leaves the machine with it. */
export async function saveSplit(
  file: string,
  films: readonly PlacedFilm[],
  { classes, settings }: Pick<TrainingPlan, 'classes' | 'settings'>,
): Promise<void> {
  const names = namesOf(films)
  const ofPart = (part: Part) =>
    films.flatMap((film, index) =>
      film.part === part
        ? [{ file: names[index]!, class: classes[film.label]!, patient: film.patient }]
        : [],
    )
  const { seed, validationShare } = settings
  const split = {
    ...{ format: 'pneumoscope-split', version: 1, seed, validationShare, classes },
    ...{ train: ofPart('train'), validation: ofPart('validation'), test: ofPart('test') },
  }
  await writeFileAtomically(file, `${JSON.stringify(split, undefined, 1)}\n`)
}

/**
 * SHA-256 of all that decides the numbers of a training: network, settings, films with label, doubt and part.
 * The number of epochs is left out where it changes no step, so that a training may be made longer; where the
 * films lie is left out too.
 */
export function fingerprint(plan: TrainingPlan, films: readonly PlacedFilm[]): string {
  const isLength = (name: string) =>
    name === 'patience' || (name === 'epochs' && plan.settings.schedule.kind !== 'cosine')
  const settings = Object.entries(plan.settings).filter(([name]) => !isLength(name))
  const names = namesOf(films)
  const placed = films.map(({ label, part, doubt }, index) =>
    doubt === undefined ? [names[index], label, part] : [names[index], label, part, doubt],
  )
  const { spec, classes } = plan
  const text = JSON.stringify({ spec, settings, classes, placed })
  return createHash('sha256').update(text).digest('hex')
}

function namesOf(films: readonly PlacedFilm[]): string[] {
  const paths = films.map(({ path }) => path)
  return pathsFrom(commonFolder(paths), paths)
}
