import { z } from 'zod'
import { ClassCount, Dataset } from '../shared/domain/dataset.ts'
import { PatientRules, type PatientRule } from '../shared/domain/split.ts'
import { AppError } from '../shared/errors.ts'
import type { Database } from './database.ts'
import { LabelOrder, LabelReading } from '../shared/domain/labelTable.ts'
import { countPatients, markCopies } from './recount.ts'
import { flag, json, row, toJson } from './row.ts'

/** A data set as the library knows it: with the folder that its films came from. */
export const StoredDataset = Dataset.extend({ root: z.string() })
export type StoredDataset = z.infer<typeof StoredDataset>

/** What an import is of: enough to begin it again. */
export const ImportSource = z.object({ paths: z.array(z.string()), labels: LabelOrder.optional() })
export type ImportSource = z.infer<typeof ImportSource>

/** An import that ended before its data set was complete, for whatever reason. */
export const HalfImport = z.object({
  id: z.string(),
  name: z.string(),
  createdAt: z.string(),
  source: ImportSource,
  /** Films that are in already. */
  images: z.int(),
})
export type HalfImport = z.infer<typeof HalfImport>
const HalfRow = row(HalfImport.extend({ source: json(ImportSource) }))

const DatasetRow = row(
  StoredDataset.extend({
    labels: json(LabelReading).optional(),
    classes: json(z.array(z.string())),
    counts: json(z.array(ClassCount)),
    synthetic: flag,
  }),
)

const RulesRow = row(z.object({ rules: json(PatientRules).optional() }))

const columns = `id, name, created_at AS createdAt, root, layout, classes, images, patients, refused,
  duplicates, synthetic, counts, patient_rule AS patientRule, labels, checked_at AS checkedAt,
  nullif((SELECT count(*) FROM image WHERE dataset_id = dataset.id AND excluded = 1), 0) AS excluded`

export function datasetStore(database: Database, sessionId: string) {
  const all = database.prepare(`SELECT ${columns} FROM dataset
    WHERE session_id IS NULL ORDER BY created_at DESC, id DESC`)
  const byId = database.prepare(`SELECT ${columns} FROM dataset
    WHERE id = :id AND session_id IS NULL`)
  const byName = database.prepare(
    `SELECT ${columns} FROM dataset
    WHERE name = :name AND session_id IS NULL ORDER BY created_at DESC LIMIT 1`,
  )
  const insert = database.prepare(`INSERT INTO dataset (id, name, created_at, root, layout, classes,
    images, patients, refused, duplicates, synthetic, counts, patient_rule, labels, session_id,
    import_order)
    VALUES (:id, :name, :createdAt, :root, :layout, :classes,
    :images, :patients, :refused, :duplicates, :synthetic, :counts, :patientRule, :labels, :sessionId,
    :source)`)
  const complete = database.prepare(`UPDATE dataset SET session_id = NULL, import_order = NULL
    WHERE id = :id`)
  const rules = database.prepare('SELECT patient_rules AS rules FROM dataset WHERE id = :id')
  const keepRules = database.prepare(`UPDATE dataset SET patient_rules = :rules,
    patient_rule = :words WHERE id = :id`)
  const describe = database.prepare(`UPDATE dataset SET name = :name,
    created_at = :createdAt, root = :root, layout = :layout,
    classes = :classes, images = :images, patients = :patients, refused = :refused,
    duplicates = :duplicates, synthetic = :synthetic, counts = :counts,
    patient_rule = :patientRule, labels = :labels WHERE id = :id`)
  const halves = database.prepare(`SELECT id, name, created_at AS createdAt, import_order AS source,
    (SELECT count(*) FROM image WHERE dataset_id = dataset.id) AS images
    FROM dataset WHERE import_order IS NOT NULL AND session_id NOT IN (SELECT id FROM session)
    ORDER BY created_at DESC, id DESC`)
  const checked = database.prepare('UPDATE dataset SET checked_at = :at WHERE id = :id')
  const moved = database.prepare('UPDATE dataset SET root = :root WHERE id = :id')
  const own = database.prepare('UPDATE dataset SET session_id = :sessionId WHERE id = :id')
  const rename = database.prepare('UPDATE dataset SET name = :name WHERE id = :id')
  const keepWhatIsOnTheWorklist = database.prepare(`UPDATE image SET dataset_id = NULL
    WHERE dataset_id = :id AND id IN (SELECT image_id FROM worklist)`)
  const remove = database.prepare('DELETE FROM dataset WHERE id = :id')

  const find = (id: string) => DatasetRow.optional().parse(byId.get({ id }) ?? undefined)
  return {
    all: () => z.array(DatasetRow).parse(all.all()),
    find,
    /** Throws NOT_FOUND for an id that is not in the library. */
    get(id: string): StoredDataset {
      const dataset = find(id)
      if (!dataset) throw new AppError('NOT_FOUND', 'This data set is not in the library any more')
      return dataset
    },
    /** Those that a person has put in the place of the usual ones. */
    patientRules: (id: string): PatientRule[] | undefined =>
      RulesRow.parse(rules.get({ id })).rules,
    keepPatientRules: (id: string, own: readonly PatientRule[]) =>
      void keepRules.run({
        ...{ id, rules: toJson(own) },
        words: own.map(({ words, pattern }) => words || pattern).join('; ') || null,
      }),
    /** The newest of that name. */
    named: (name: string) => DatasetRow.optional().parse(byName.get({ name }) ?? undefined),
    /**
     * Out of sight until `complete`. When that never comes, it is forgotten at the next start, or waits among
     * `halves` where a source says how to go on.
     */
    insert: (dataset: StoredDataset, source?: ImportSource) =>
      void insert.run({ ...columnsOf(dataset), sessionId, source: toJson(source) }),
    /** What is known of it once its films are. */
    describe: (dataset: StoredDataset) => void describe.run(columnsOf(dataset)),
    /** Its films are all there: they are counted, and it comes into sight. */
    complete: (id: string) =>
      database.transaction(() => {
        countPatients(database, id)
        markCopies(database, id)
        complete.run({ id })
      }),
    /** All its originals were looked at. */
    checked: (id: string, at: string) => void checked.run({ id, at }),
    /** All its films lie in this folder now. */
    moved: (id: string, root: string) => void moved.run({ id, root }),
    /** Imports that nobody works on, the newest first. */
    halves: (): HalfImport[] => z.array(HalfRow).parse(halves.all()),
    /** This program works on it. */
    adopt: (id: string) => void own.run({ id, sessionId }),
    /** Nobody works on it any more. */
    release: (id: string) => void own.run({ id, sessionId: '' }),
    rename: (id: string, name: string) => void rename.run({ id, name }),
    /** Forgets the data set and its films, save those on the worklist. */
    delete: (id: string) =>
      database.transaction(() => {
        keepWhatIsOnTheWorklist.run({ id })
        remove.run({ id })
      }),
  }
}

function columnsOf(dataset: StoredDataset) {
  const { id, name, createdAt, root, layout, images, patients } = dataset
  const { refused, duplicates, synthetic, patientRule } = dataset
  return {
    ...{ id, name, createdAt, root, layout, images, patients },
    ...{ refused, duplicates, synthetic, patientRule },
    classes: toJson(dataset.classes),
    counts: toJson(dataset.counts),
    labels: toJson(dataset.labels),
  }
}
