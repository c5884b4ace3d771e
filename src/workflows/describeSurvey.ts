/** What a survey of a folder means to a person, before anything is written. */
import { basename, relative, sep } from 'node:path'
import type { ClassCount, ImportPreview } from '../shared/domain/dataset.ts'
import type { FolderSurvey, Refusal } from '../shared/domain/film.ts'
import type { Part } from '../shared/domain/part.ts'

interface Placed {
  readonly className?: string | undefined
  readonly part?: Part | undefined
  /** One, when left out. */
  readonly films?: number
}

/** Films of each class by part, in the order of the classes. */
export function classCounts(classes: readonly string[], films: readonly Placed[]): ClassCount[] {
  const counts = new Map<string, ClassCount>(
    classes.map((className) => [
      className,
      { className, train: 0, validation: 0, test: 0, unassigned: 0 },
    ]),
  )
  for (const { className, part, films: many = 1 } of films) {
    const count = className === undefined ? undefined : counts.get(className)
    if (count) count[part ?? 'unassigned'] += many
  }
  return [...counts.values()]
}

const listedRefusals = 100

/** The preview of an import, save the id that stands for it. */
export function describeSurvey(
  survey: FolderSurvey,
  name: string,
): Omit<ImportPreview, 'previewId'> {
  const counts = classCounts(survey.classes, survey.films)
  return {
    suggestedName: name,
    layout: survey.layout,
    classes: survey.classes,
    counts,
    images: survey.films.length,
    patients: new Set(survey.films.map(({ patient }) => patient)).size,
    patientRule: survey.patientRule,
    refused: survey.refused.slice(0, listedRefusals).map((refusal) => {
      const { path, reason } = withoutRoot(refusal, survey.root)
      return { file: path, reason }
    }),
    ...(survey.labels && { labels: { ...survey.labels, file: basename(survey.labels.file) } }),
    ...(survey.tables && { tables: survey.tables.map((path) => relative(survey.root, path)) }),
    refusedMore: Math.max(0, survey.refused.length - listedRefusals),
    warnings: warningsOf(survey, counts),
  }
}

/** A refusal that names its file from the chosen folder on, as the window may see it. */
export function withoutRoot({ path, code, reason, line }: Refusal, root: string): Refusal {
  // A row of a table; the table may lie outside.
  if (line !== undefined) {
    const file = `${basename(path)}, line ${line}`
    return { path: file, code, line, reason: reason.replace(`line ${line}: `, '').split(root + sep).join('') } // prettier-ignore
  }
  const file = relative(root, path) || '.'
  return { path: file, code, reason: reason.split(path).join(file) }
}

function warningsOf({ classes, films, patientRule }: FolderSurvey, counts: readonly ClassCount[]) {
  const warnings: string[] = []
  if (films.length === 0) return ['No film was found: choose a folder that holds pictures.']
  if (classes.length === 0) {
    warnings.push(
      'No classes were found, so a network cannot be trained on it: take them from a table, or put the films of each class into a folder of its own.',
    )
  } else if (classes.length === 1) {
    warnings.push(`Only one class was found (${classes[0]!}): a training needs two or more.`)
  }
  for (const part of ['train', 'validation', 'test'] as const) {
    const inPart = counts.reduce((sum, count) => sum + count[part], 0)
    const missing = counts.filter((count) => count[part] === 0).map(({ className }) => className)
    if (inPart > 0 && missing.length > 0) {
      warnings.push(`The ${part} part holds no film of ${missing.join(', ')}.`)
    }
  }
  if (classes.length > 1 && patientRule === undefined) {
    warnings.push(
      'Patients cannot be read from the file names, so each film counts as a patient of its own: films of one patient may end up on both sides of a split.',
    )
  }
  return warnings
}
