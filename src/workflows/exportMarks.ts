import { csvRow } from '../shared/csv.ts'
import type { FilmMarks, Mark } from '../shared/domain/mark.ts'
import { measured } from '../shared/measure.ts'
import type { Store } from '../store/store.ts'

interface MarkedFilm extends FilmMarks {
  readonly file: string
  readonly patient: string
}

/** The films of the worklist that something is drawn on, in its order. */
export const markedFilms = (store: Store): MarkedFilm[] =>
  store.review.imageIds().flatMap((imageId) => {
    const marks = store.marks.find(imageId)
    const { fileName: file, patient } = store.images.get(imageId)
    return marks ? [{ file, patient, ...marks }] : []
  })

/** A mark a row. Points are columns and rows of the film's pixels from its top left corner. */
export function marksCsv(films: readonly MarkedFilm[]): string {
  const header = csvRow([
    ...['file', 'patient', 'kind', 'label', 'frame', 'value', 'second_value', 'unit', 'ratio'],
    ...['calibration', 'points'],
  ])
  const rows = films.flatMap(({ file, patient, marks, ruler }) =>
    marks.map((mark) => {
      const found = measured(mark, ruler)
      return csvRow([
        ...[file, patient, mark.kind, mark.label, mark.frame],
        ...[found?.values[0], found?.values[1], found?.unit, found?.ratio],
        ...[ruler.spacing?.source ?? 'uncalibrated', pointsText(mark)],
      ])
    }),
  )
  return '\uFEFF' + header + rows.join('')
}

const pointsText = ({ points }: Mark) =>
  points.map(({ x, y }) => `${x.toFixed(2)} ${y.toFixed(2)}`).join('; ')

/** The same for programs: each film with its ruler, each mark with what it measures. */
export function marksJson(films: readonly MarkedFilm[]): string {
  const told = films.map(({ marks, ...film }) => ({
    ...film,
    marks: marks.map((mark) => ({ ...mark, ...measured(mark, film.ruler) })),
  }))
  return `${JSON.stringify({ format: 'pneumoscope-marks', version: 1, films: told }, undefined, 2)}\n`
}
