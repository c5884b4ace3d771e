import { z } from 'zod'
import { ClassCount, Dataset } from '../shared/domain/dataset.ts'
import { PatientRules, type PatientRule } from '../shared/domain/split.ts'
import { AppError } from '../shared/errors.ts'
import type { Database } from './database.ts'
import { flag, json, row, toJson } from './row.ts'

/** A data set as the library knows it: with the folder that its films came from. */
export const StoredDataset = Dataset.extend({ root: z.string() })
export type StoredDataset = z.infer<typeof StoredDataset>

const DatasetRow = row(
  StoredDataset.extend({
    classes: json(z.array(z.string())),
    counts: json(z.array(ClassCount)),
    synthetic: flag,
  }),
)

const RulesRow = row(z.object({ rules: json(PatientRules).optional() }))

const columns = `id, name, created_at AS createdAt, root, layout, classes, images, patients, refused,
  duplicates, synthetic, counts, patient_rule AS patientRule,
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
    images, patients, refused, duplicates, synthetic, counts, patient_rule, session_id)
    VALUES (:id, :name, :createdAt, :root, :layout, :classes,
    :images, :patients, :refused, :duplicates, :synthetic, :counts, :patientRule, :sessionId)`)
  const complete = database.prepare('UPDATE dataset SET session_id = NULL WHERE id = :id')
  const recount = database.prepare('UPDATE dataset SET counts = :counts WHERE id = :id')
  const rules = database.prepare('SELECT patient_rules AS rules FROM dataset WHERE id = :id')
  const keepRules = database.prepare(`UPDATE dataset SET patient_rules = :rules,
    patient_rule = :words WHERE id = :id`)
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
    /** Out of sight until `complete`; forgotten at the next start when that never comes. */
    insert: (dataset: StoredDataset) =>
      void insert.run({
        ...scalars(dataset),
        sessionId,
        classes: toJson(dataset.classes),
        counts: toJson(dataset.counts),
      }),
    complete: (id: string) => void complete.run({ id }),
    /** Films of each class by part, after labels were changed. */
    recount: (id: string, counts: readonly ClassCount[]) =>
      void recount.run({ id, counts: toJson(counts) }),
    rename: (id: string, name: string) => void rename.run({ id, name }),
    /** Forgets the data set and its films, save those on the worklist. */
    delete: (id: string) =>
      database.transaction(() => {
        keepWhatIsOnTheWorklist.run({ id })
        remove.run({ id })
      }),
  }
}

function scalars(dataset: StoredDataset) {
  const { id, name, createdAt, root, layout, images, patients } = dataset
  const { refused, duplicates, synthetic, patientRule } = dataset
  return {
    ...{ id, name, createdAt, root, layout, images, patients },
    ...{ refused, duplicates, synthetic, patientRule },
  }
}
