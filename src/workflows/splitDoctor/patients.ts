/** Patients read anew by rules that a person sees and edits. */
import { relative, sep } from 'node:path'
import type { PatientPreview, PatientRule } from '../../shared/domain/split.ts'
import { AppError } from '../../shared/errors.ts'
import { usualPatientRules } from '../../shared/split/patientRules.ts'
import type { StoredImage } from '../../store/image.ts'
import type { Library } from '../library.ts'

const examplesShown = 5

/** Throws NOT_FOUND for a data set that is not in the library. */
export const patientRules = (
  { store }: Pick<Library, 'store'>,
  datasetId: string,
): readonly PatientRule[] =>
  store.datasets.patientRules(store.datasets.get(datasetId).id) ?? usualPatientRules

interface RulesOrder {
  readonly datasetId: string
  readonly rules: readonly PatientRule[]
}

/** What the rules would make of the data set; nothing is changed. */
export async function previewPatients(
  library: Library,
  order: RulesOrder,
): Promise<PatientPreview> {
  const { films, keys, rules, problems } = await readAll(library, order)
  const unread = films.flatMap(({ path }, at) => (rules[at] === null ? [path] : []))
  return {
    films: films.length,
    patients: new Set(keys).size,
    changed: films.filter(({ image }, at) => image.patient !== keys[at]).length,
    unread: { films: unread.length, examples: unread.slice(0, examplesShown) },
    rules: order.rules.map((_, index) => {
      const read = films.flatMap(({ image }, at) =>
        rules[at] === index ? [{ file: image.fileName, key: keys[at]! }] : [],
      )
      const problem = problems[index]
      return {
        films: read.length,
        patients: new Set(read.map(({ key }) => key)).size,
        examples: read.slice(0, examplesShown),
        ...(problem && { problem }),
      }
    }),
  }
}

/** Gives every film the patient that the rules read, and keeps the rules. Throws BAD_INPUT for a rule that cannot be used. */
export async function applyPatients(
  library: Library,
  order: RulesOrder,
): Promise<{ changed: number }> {
  // prettier-ignore
  const { store } = library
  const { datasetId, rules } = order
  const { films, keys, problems } = await readAll(library, order)
  const index = problems.findIndex((problem) => problem !== null)
  if (index >= 0) {
    throw new AppError('BAD_INPUT', `Rule ${index + 1} cannot be used: ${problems[index] ?? ''}`)
  }
  const moving = films.flatMap(({ image }, at) =>
    image.patient === keys[at] ? [] : [{ imageId: image.id, patient: keys[at]! }],
  )
  store.transaction(() => {
    const states = store.edits.states(datasetId, moving.map(({ imageId }) => imageId)) // prettier-ignore
    store.edits.apply(
      datasetId,
      `Patients read anew: ${moving.length} films`,
      moving.flatMap(({ imageId, patient }) => {
        const before = states.get(imageId)
        return before ? [{ imageId, after: { ...before, patient } }] : []
      }),
    )
    store.datasets.keepPatientRules(datasetId, rules)
  })
  return { changed: moving.length }
}

async function readAll({ store, engine }: Library, { datasetId, rules }: RulesOrder) {
  const { root } = store.datasets.get(datasetId)
  const films = store.images
    .ofDataset(datasetId)
    .map((image) => ({ image, ...toRead(image, root) }))
  const read = await engine.readPatients({
    rules: [...rules],
    films: films.map(({ path, dicomPatient }) => ({ path, dicomPatient })),
  })
  return { films, ...read }
}

const toRead = ({ path, dicom }: StoredImage, root: string) => ({
  path: relative(root, path).split(sep).join('/'),
  dicomPatient: dicom?.patientKey,
})
