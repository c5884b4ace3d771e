import { z } from 'zod'
import { DatasetEdit, FilmState, type EditHistory } from '../shared/domain/datasetEdit.ts'
import { AppError } from '../shared/errors.ts'
import type { Database } from './database.ts'
import { flagFilms } from './flags.ts'
import { countPatients, recount } from './recount.ts'
import { json, row } from './row.ts'
import type { VersionStore } from './version.ts'

const EditRow = row(DatasetEdit)
const StateRow = z.object({ id: z.string(), state: json(FilmState) })

/** A film and what becomes of it. */
export interface FilmAfter {
  readonly imageId: string
  readonly after: FilmState
}

const state = `json_object('className', class_name, 'part', part, 'patient', patient,
  'excluded', json(iif(excluded, 'true', 'false')), 'tags', json(tags),
  'note', note)`

/**
 * Changes of films, each with what was before. The log is only ever added to: taking a change back is a change. Every
 * change leaves a version of the data set.
 */
export function editStore(database: Database, versions: VersionStore) {
  const states = database.prepare(`SELECT id, ${state} AS state FROM image
    WHERE +dataset_id = :datasetId AND id IN (SELECT value FROM json_each(:ids))`)
  const insert = database.prepare(`INSERT INTO edit (dataset_id, at, kind, of, title, films)
    VALUES (:datasetId, :at, :kind, :of, :title, :films) RETURNING number`)
  const keep = database.prepare(`INSERT INTO edited_film (edit, image_id, before, after)
    SELECT :edit, image.id, ${state}, json_extract(value, '$[1]')
    FROM json_each(:films) JOIN image ON image.id = json_extract(value, '$[0]')`)
  const keepReverse = database.prepare(`INSERT INTO edited_film (edit, image_id, before, after)
    SELECT :edit, image_id, ${state},
      iif(:forward, edited_film.after, edited_film.before)
    FROM edited_film JOIN image ON image.id = image_id WHERE edit = :of`)
  const apply = database.prepare(`UPDATE image SET
    class_name = json_extract(after, '$.className'), part = json_extract(after, '$.part'),
    patient = json_extract(after, '$.patient'), excluded = json_extract(after, '$.excluded'),
    tags = json_extract(after, '$.tags'), note = coalesce(json_extract(after, '$.note'), note)
    FROM edited_film WHERE edit = :edit AND image.id = image_id`)
  const ofDataset = database.prepare(`SELECT number, at, kind, of, title, films FROM edit
    WHERE dataset_id = :datasetId ORDER BY number`)

  const otherContent = database.prepare(`SELECT 1 FROM edited_film WHERE edit = :edit AND (
    json_extract(before, '$.className') IS NOT json_extract(after, '$.className')
    OR json_extract(before, '$.part') IS NOT json_extract(after, '$.part')
    OR json_extract(before, '$.patient') IS NOT json_extract(after, '$.patient')
    OR json_extract(before, '$.excluded') IS NOT json_extract(after, '$.excluded')) LIMIT 1`)
  const otherPatients = database.prepare(`SELECT 1 FROM edited_film WHERE edit = :edit
    AND json_extract(before, '$.patient') <> json_extract(after, '$.patient') LIMIT 1`)
  const flags = flagFilms(database)

  const all = (datasetId: string) => z.array(EditRow).parse(ofDataset.all({ datasetId }))

  function add(
    datasetId: string,
    entry: Omit<DatasetEdit, 'number' | 'at'>,
    fill: (edit: number) => void,
  ) {
    // prettier-ignore
    return database.transaction(() => {
      if (versions.all(datasetId).length === 0) versions.record(datasetId)
      const { kind, of, title, films } = entry
      const parameters = { datasetId, at: new Date().toISOString(), kind, of, title, films }
      const { number } = z.object({ number: z.int() }).parse(insert.get(parameters))
      fill(number)
      apply.run({ edit: number })
      // Decisions that came with an edit are taken back and done again with it.
      if (kind !== 'edit') flags.ofEdit(datasetId, of ?? number)
      // Tags and notes are in no count and in no version.
      if (!otherContent.get({ edit: number })) return number
      recount(database, datasetId)
      if (otherPatients.get({ edit: number })) countPatients(database, datasetId)
      versions.record(datasetId, title)
      return number
    })
  }

  function reverse(datasetId: string, kind: 'undo' | 'redo'): DatasetEdit {
    const target = historyOf(all(datasetId))[kind]
    if (!target) {
      throw new AppError('CONFLICT', `There is nothing to ${kind === 'undo' ? 'take back' : 'do again'}`) // prettier-ignore
    }
    const verb = kind === 'undo' ? 'Took back' : 'Did again'
    const title = `${verb}: ${target.title}`
    add(datasetId, { kind, of: target.number, title, films: target.films }, (edit) => {
      keepReverse.run({ edit, of: target.number, forward: kind === 'redo' })
    })
    return target
  }

  return {
    /** Of those of the data set's films that are named. */
    states: (datasetId: string, imageIds: readonly string[]): Map<string, FilmState> =>
      new Map(
        z
          .array(StateRow)
          .parse(states.all({ datasetId, ids: JSON.stringify(imageIds) }))
          .map(({ id, state: found }) => [id, found]),
      ),
    /** Changes films; nothing is entered where nothing changes. */
    apply(datasetId: string, title: string, films: readonly FilmAfter[]): number | undefined {
      if (films.length === 0) return undefined
      return add(datasetId, { kind: 'edit', title, films: films.length }, (edit) => {
        const rows = films.map(({ imageId, after }) => [imageId, after])
        keep.run({ edit, films: JSON.stringify(rows) })
      })
    },
    all,
    history: (datasetId: string): EditHistory => historyOf(all(datasetId)),
    /** Both throw CONFLICT where there is nothing; they answer what was taken back or done again. */
    undo: (datasetId: string) => reverse(datasetId, 'undo'),
    redo: (datasetId: string) => reverse(datasetId, 'redo'),
  }
}

/** The log read as a person's stack: a new change forgets what was taken back before it. */
export function historyOf(edits: readonly DatasetEdit[]): EditHistory {
  const done: DatasetEdit[] = []
  let undone: DatasetEdit[] = []
  for (const edit of edits) {
    const [from, to] = edit.kind === 'undo' ? [done, undone] : [undone, done]
    if (edit.kind === 'edit') {
      done.push(edit)
      undone = []
    } else to.push(...from.splice(-1))
  }
  const [undo, redo] = [done.at(-1), undone.at(-1)]
  return { ...(undo && { undo }), ...(redo && { redo }) }
}
