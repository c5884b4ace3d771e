import { createHash } from 'node:crypto'
import { z } from 'zod'
import { DatasetVersion, FilmState } from '../shared/domain/datasetEdit.ts'
import { AppError } from '../shared/errors.ts'
import type { Database } from './database.ts'
import { json, row } from './row.ts'

const VersionRow = row(DatasetVersion.extend({ edit: z.int() }))
export type StoredVersion = z.output<typeof VersionRow>

const EditedRow = z.object({
  imageId: z.string(),
  fileName: z.string(),
  before: json(FilmState),
  after: json(FilmState),
})
export type EditedFilm = z.output<typeof EditedRow>

/**
 * SHA-256 of a data set's films in an order of their own, a line each: hashes of file and pixels, class, patient, part,
 * whether it is excluded. Where the films lie, what they are called, and tags and notes are not in it. The lines come
 * together in buckets, each in the order of its UTF-8.
 */
function datasetHash(buckets: readonly { readonly lines: string }[]): string {
  const hash = createHash('sha256').update('pneumoscope-dataset 1\n')
  for (const { lines } of buckets)
    hash.update(surrogates.test(lines) ? `${inOrder(lines)}\n` : `${lines}\n`)
  return hash.digest('hex')
}

/** The order of a hash is that of UTF-16, which is another where there are characters beyond the first 65,536. */
const inOrder = (lines: string): string => lines.split('\n').sort().join('\n')
const surrogates = /[\ud800-\udfff]/

export type VersionStore = ReturnType<typeof versionStore>

/** Data sets as they were: rows are only added. */
export function versionStore(database: Database) {
  const columns = 'number, hash, created_at AS createdAt, films, excluded, edit, why'
  const ofDataset = database.prepare(`SELECT ${columns} FROM dataset_version
    WHERE dataset_id = :datasetId ORDER BY number`)
  const last = database.prepare(`SELECT ${columns} FROM dataset_version
    WHERE dataset_id = :datasetId ORDER BY number DESC LIMIT 1`)
  const insert = database.prepare(`INSERT INTO dataset_version
    (dataset_id, number, hash, created_at, films, excluded, edit, why)
    SELECT :datasetId, :number, :hash, :createdAt, count(*), coalesce(sum(excluded), 0),
      (SELECT coalesce(max(number), 0) FROM edit WHERE dataset_id = :datasetId), :why
    FROM image WHERE dataset_id = :datasetId`)
  const writeLines = database.prepare(`UPDATE film_lines INDEXED BY film_lines_to_write SET lines =
      (SELECT coalesce(group_concat(line, char(10)), '') FROM
        (SELECT json_array(file_hash, pixel_hash, class_name, patient, part, excluded) AS line
          FROM image INDEXED BY image_by_file WHERE image.dataset_id = film_lines.dataset_id
            AND file_hash >= bucket AND file_hash < bucket || char(1114111) ORDER BY 1))
    WHERE dataset_id = :datasetId AND lines IS NULL`)
  const buckets = database.prepare(`SELECT lines FROM film_lines
    WHERE dataset_id = :datasetId AND lines <> '' ORDER BY bucket`)
  const between = database.prepare(`SELECT image_id AS imageId, file_name AS fileName, before, after
    FROM edited_film JOIN edit ON edit.number = edited_film.edit JOIN image ON image.id = image_id
    WHERE edit.dataset_id = :datasetId AND edit.number > :from AND edit.number <= :to
    ORDER BY edit.number, image_id`)

  const newest = (datasetId: string) =>
    VersionRow.optional().parse(last.get({ datasetId }) ?? undefined)
  function hashNow(datasetId: string): string {
    writeLines.run({ datasetId })
    return datasetHash(z.array(z.object({ lines: z.string() })).parse(buckets.all({ datasetId })))
  }
  return {
    all: (datasetId: string) => z.array(VersionRow).parse(ofDataset.all({ datasetId })),
    /** Throws NOT_FOUND for a number that there is not. */
    get(datasetId: string, number: number): StoredVersion {
      const found = z.array(VersionRow).parse(ofDataset.all({ datasetId })).find((one) => one.number === number) // prettier-ignore
      if (!found) throw new AppError('NOT_FOUND', `This data set has no version ${number}`)
      return found
    },
    /** The version that the data set is now: a new row where it is another than the last. */
    record(datasetId: string, why?: string): StoredVersion {
      return database.transaction(() => {
        const before = newest(datasetId)
        const hash = hashNow(datasetId)
        if (before?.hash === hash) return before
        const number = (before?.number ?? 0) + 1
        insert.run({ datasetId, number, hash, createdAt: new Date().toISOString(), why: why ?? (before ? 'Changed since' : 'As imported') }) // prettier-ignore
        return newest(datasetId)!
      })
    },
    /** What changed after one edit and up to another, each film once: as it was before, and after. */
    changes(datasetId: string, from: number, to: number): EditedFilm[] {
      const changed = new Map<string, EditedFilm>()
      for (const film of z.array(EditedRow).parse(between.all({ datasetId, from, to }))) {
        const before = changed.get(film.imageId)?.before ?? film.before
        changed.set(film.imageId, { ...film, before })
      }
      return [...changed.values()]
    },
  }
}
