import { writeFileAtomically } from '../files/atomicWrite.ts'
import type { StoredModel } from '../store/model.ts'
import { agreementOf, readFilms } from '../workflows/agreement.ts'
import { agreementCsv } from '../workflows/exportAgreement.ts'
import { markedFilms, marksCsv, marksJson } from '../workflows/exportMarks.ts'
import { worklistCsv } from '../workflows/exportWorklist.ts'
import { AppError } from '../shared/errors.ts'
import { chooseToSave } from './chooseFiles.ts'
import type { Context } from './context.ts'

type Place = Pick<Context, 'desk' | 'window'>

/** Each asks where to and writes a table there; false when the person closed the dialog. */
export const exportTexts = (context: Place) => ({
  worklist: (model: StoredModel | undefined) =>
    save(context, 'Export the worklist', 'worklist', 'csv', () =>
      worklistCsv(context.desk.store.review.items(model?.id), model),
    ),
  agreement: (model: StoredModel | undefined) =>
    save(context, 'Export the agreement table', 'agreement', 'csv', () => {
      const films = model && readFilms(context.desk.store, model)
      if (!films) throw new AppError('BAD_INPUT', 'No model tells normal films from others')
      return agreementCsv(films, model)
    }),
  marks: (format: 'csv' | 'json') =>
    save(context, 'Export measurements and annotations', 'marks', format, () => {
      const films = markedFilms(context.desk.store)
      return format === 'csv' ? marksCsv(films) : marksJson(films)
    }),
})

/** Null where the model does not tell normal films from others. */
export function agreement(
  { desk: { store } }: Pick<Place, 'desk'>,
  model: StoredModel | undefined,
) {
  const films = model && readFilms(store, model)
  return films ? agreementOf(films, model) : null
}

async function save(
  { desk, window }: Place,
  title: string,
  name: string,
  format: 'csv' | 'json',
  text: () => string,
): Promise<boolean> {
  const path = await chooseToSave(window(), {
    title,
    defaultPath: `${name}.${format}`,
    filters: [{ name: format.toUpperCase(), extensions: [format] }],
  })
  if (path === undefined) return false
  await writeFileAtomically(path, text())
  desk.store.audit.append('export', 'worklist', { as: `${name}.${format}` })
  return true
}
