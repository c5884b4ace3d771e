import { z } from 'zod'
import { ImageRow, OriginalState, type ImageFilter } from '../shared/domain/dataset.ts'
import { DicomFacts } from '../shared/domain/dicom.ts'
import { FilmFacts } from '../shared/domain/film.ts'
import { Part } from '../shared/domain/part.ts'
import { AppError } from '../shared/errors.ts'
import type { Database, Parameters } from './database.ts'
import { filterParameters, fits, sizeOf, without } from './imageFilter.ts'
import { flag, json, row, toJson } from './row.ts'

/** A film as the library knows it: where its original lies, and what its pixels said. */
export const StoredImage = FilmFacts.extend({
  id: z.string(),
  /** Undefined for a film that was opened in Review only. */
  datasetId: z.string().optional(),
  path: z.string(),
  fileName: z.string(),
  className: z.string().optional(),
  part: Part.optional(),
  patient: z.string(),
  /** File name within the library's thumbnail folder. */
  thumbnail: z.string(),
  /** It takes no part in training, splits and evaluation; absent where it does. */
  excluded: z.boolean().optional(),
  /** Absent where there are none. */
  tags: z.array(z.string()).optional(),
  /** Years, as a table says. */
  age: z.number().optional(),
  view: z.string().optional(),
  original: OriginalState.optional(),
})
export type StoredImage = z.infer<typeof StoredImage>

const flags = {
  synthetic: flag,
  excluded: flag.optional(),
  tags: json(z.array(z.string())).optional(),
}
const StoredImageRow = row(StoredImage.extend({ ...flags, dicom: json(DicomFacts).optional() }))
const GridRow = row(ImageRow.extend(flags))
const Facet = z.object({ value: z.string(), count: z.int() })
const Count = z.object({ count: z.int() })

export const imageColumns = `image.id, file_name AS fileName, class_name AS className, part, patient, rows, columns,
  bytes, synthetic, nullif(excluded, 0) AS excluded, nullif(tags, '[]') AS tags, age, view, original`
const allColumns = `${imageColumns}, dataset_id AS datasetId, path, format,
  samples_per_pixel AS samplesPerPixel, file_hash AS fileHash, pixel_hash AS pixelHash, thumbnail, dicom,
  modified_ms AS modifiedMs`

type Placing = Pick<StoredImage, 'className' | 'part' | 'patient' | 'age' | 'view'>
const ImportedRow = row(StoredImage.pick({ id: true, path: true, bytes: true, modifiedMs: true }))
const LostRow = z.object({ id: z.string(), path: z.string(), state: OriginalState })
const Tally = z.object({ images: z.int(), patients: z.int(), pictures: z.int(), synthetic: flag })
const PlacedRow = row(
  z.object({ className: z.string().optional(), part: Part.optional(), films: z.int() }),
)

/** A value and how many films have it, of the films that fit. */
const facetQueries = {
  classes: (fitting: string) => `SELECT class_name AS value, count(*) AS count FROM image
    WHERE class_name IS NOT NULL AND ${fitting} GROUP BY class_name ORDER BY class_name`,
  parts: (fitting: string) => `SELECT coalesce(part, 'unassigned') AS value, count(*) AS count
    FROM image WHERE ${fitting} GROUP BY 1 ORDER BY 1`,
  sizes: (fitting: string) => `SELECT ${sizeOf} AS value, count(*) AS count
    FROM image WHERE ${fitting} GROUP BY 1 ORDER BY min(min(rows, columns))`,
  tags: (fitting: string) => `SELECT each.value AS value, count(*) AS count
    FROM image, json_each(image.tags) AS each WHERE image.tags <> '[]' AND ${fitting}
    GROUP BY 1 ORDER BY 1`,
} as const

export function imageStore(database: Database) {
  const insert = database.prepare(`INSERT INTO image (id, dataset_id, position, path, file_name,
    class_name, part, patient, format, rows, columns, samples_per_pixel, bytes, file_hash,
    pixel_hash, synthetic, thumbnail, dicom, age, view, modified_ms)
    VALUES (:id, :datasetId, :position, :path, :fileName, :className, :part, :patient, :format,
    :rows, :columns, :samplesPerPixel, :bytes, :fileHash, :pixelHash, :synthetic, :thumbnail, :dicom, :age, :view, :modifiedMs)`)
  const byId = database.prepare(`SELECT ${allColumns} FROM image WHERE id = :id`)
  const byFile = database.prepare(`SELECT ${allColumns} FROM image WHERE file_hash = :fileHash
    ORDER BY id LIMIT 1`)
  const ofPatient = database.prepare(`SELECT ${allColumns} FROM image
    WHERE patient = :patient AND dicom IS NOT NULL ORDER BY id`)
  const moved = database.prepare('UPDATE image SET path = :path WHERE id = :id')
  const ofDataset = database.prepare(`SELECT ${allColumns} FROM image WHERE dataset_id = :datasetId
    ORDER BY position`)
  const copied = database.prepare(`SELECT json_group_array(pixel_hash) AS hashes FROM
    (SELECT pixel_hash FROM image WHERE dataset_id = :datasetId
      GROUP BY pixel_hash HAVING count(*) > 1)`)
  const idsOfClass = database.prepare(`SELECT id FROM image
    WHERE dataset_id = :datasetId AND coalesce(class_name, '') = :className ORDER BY position`)
  const imported = database.prepare(`SELECT id, path, bytes, modified_ms AS modifiedMs FROM image
    WHERE dataset_id = :datasetId`)
  const place = database.prepare(`UPDATE image SET position = :position, class_name = :className,
    part = :part, patient = :patient, age = :age, view = :view WHERE id = :id`)
  const remove = database.prepare('DELETE FROM image WHERE id = :id')
  const foundAt = database.prepare(`UPDATE image SET original = :original,
    modified_ms = coalesce(:modifiedMs, modified_ms) WHERE id = :id`)
  const lost = database.prepare(`SELECT id, path, original AS state FROM image
    WHERE dataset_id = :datasetId AND original IS NOT NULL ORDER BY position`)
  const relink = database.prepare(`UPDATE image SET path = :path, original = NULL,
    modified_ms = coalesce(:modifiedMs, modified_ms) WHERE id = :id`)
  const tally = database.prepare(`SELECT count(*) AS images, count(DISTINCT patient) AS patients,
    count(DISTINCT pixel_hash) AS pictures, coalesce(min(synthetic), 0) AS synthetic
    FROM image WHERE dataset_id = :datasetId`)
  const placed = database.prepare(`SELECT class_name AS className, part, count(*) AS films
    FROM image WHERE dataset_id = :datasetId GROUP BY class_name, part`)
  const below = database.prepare(`SELECT 1 AS found FROM image
    WHERE substr(path, 1, length(:prefix)) = :prefix LIMIT 1`)
  const gridRow = database.prepare(`SELECT ${imageColumns} FROM image WHERE id = :id`)

  /** One prepared statement for each text; there are as many as choices of conditions that a person made. */
  const prepared = new Map<string, ReturnType<Database['prepare']>>()
  function ask(sql: string) {
    const known = prepared.get(sql) ?? database.prepare(sql)
    prepared.set(sql, known)
    return known
  }
  const copiesIn = (datasetId: string) =>
    z.object({ hashes: z.string() }).parse(copied.get({ datasetId })).hashes

  const find = (id: string) => StoredImageRow.optional().parse(byId.get({ id }) ?? undefined)
  return {
    insert: (image: StoredImage, position: number) =>
      void insert.run(parametersOf(image, position)),
    find,
    /** Throws NOT_FOUND for an id that is not in the library. */
    get(id: string): StoredImage {
      const image = find(id)
      if (!image) throw new AppError('NOT_FOUND', 'This film is not in the library any more')
      return image
    },
    row: (id: string): ImageRow | undefined =>
      GridRow.optional().parse(gridRow.get({ id }) ?? undefined),
    /** The first film with this content, whatever its name. */
    withFileHash: (fileHash: string) =>
      StoredImageRow.optional().parse(byFile.get({ fileHash }) ?? undefined),
    /** DICOM films of one patient, in the library's order. */
    ofPatient: (patient: string) => z.array(StoredImageRow).parse(ofPatient.all({ patient })),
    moved: (id: string, path: string) => void moved.run({ id, path }),
    ofDataset: (datasetId: string) => z.array(StoredImageRow).parse(ofDataset.all({ datasetId })),
    page(datasetId: string, filter: ImageFilter, offset: number, limit: number) {
      const parameters = filterParameters(filter, () => copiesIn(datasetId))
      const where = fits(parameters)
      const { count: total } = Count.parse(
        ask(`SELECT count(*) AS count FROM image WHERE ${where}`).get({ datasetId, ...parameters }),
      )
      const rows = ask(`SELECT ${imageColumns} FROM image
        WHERE ${where} ORDER BY position LIMIT :limit OFFSET :offset`)
      const window = { datasetId, ...parameters, offset, limit }
      return { total, images: z.array(GridRow).parse(rows.all(window)) }
    },
    /** Counts of each facet under the other facets' choices. */
    facets(datasetId: string, filter: ImageFilter) {
      const copies = copiesIn(datasetId)
      const parameters = filterParameters(filter, () => copies)
      const counts = (facet: keyof typeof facetQueries) => {
        const others = without(parameters, facet)
        const query = ask(facetQueries[facet](fits(others)))
        return z.array(Facet).parse(query.all({ datasetId, ...others }))
      }
      const alone = (facet: 'excluded' | 'copies', value: string | boolean) => {
        const asked = { ...parameters, [facet]: value }
        const sql = `SELECT count(*) AS count FROM image WHERE ${fits(asked)}`
        return Count.parse(ask(sql).get({ datasetId, ...asked })).count
      }
      return {
        classes: counts('classes'),
        parts: counts('parts'),
        sizes: counts('sizes'),
        tags: counts('tags'),
        excluded: alone('excluded', true),
        copies: alone('copies', copies),
      }
    },
    /** Films of an import that has not ended yet. */
    imported: (datasetId: string) => z.array(ImportedRow).parse(imported.all({ datasetId })),
    /** What names and tables say of a film, not its pixels. */
    place: (id: string, { className, part, patient, age, view }: Placing, position: number) =>
      void place.run({ id, position, className, part, patient, age, view }),
    delete: (id: string) => void remove.run({ id }),
    /** What became of the original; undefined: it is what was imported, and has this time now. */
    found: (id: string, original: OriginalState | undefined, modifiedMs?: number) =>
      void foundAt.run({ id, original, modifiedMs }),
    /** Originals that are not what was imported, in the data set's order. */
    lost: (datasetId: string) => z.array(LostRow).parse(lost.all({ datasetId })),
    /** The same original at another place. */
    relink: (id: string, path: string, modifiedMs?: number) =>
      void relink.run({ id, path, modifiedMs }),
    tally(datasetId: string) {
      const placings = z.array(PlacedRow).parse(placed.all({ datasetId }))
      return { ...Tally.parse(tally.get({ datasetId })), placings }
    },
    /** Whether a film, of whatever data set or of the worklist, has a path that begins so. */
    isAnyBelow: (prefix: string): boolean => below.get({ prefix }) !== undefined,
    idsOfClass: (datasetId: string, className: string): string[] =>
      z
        .array(z.object({ id: z.string() }))
        .parse(idsOfClass.all({ datasetId, className }))
        .map(({ id }) => id),
  }
}

function parametersOf(image: StoredImage, position: number): Parameters {
  const { id, datasetId, path, fileName, className, part, patient, thumbnail } = image
  const { format, rows, columns, samplesPerPixel, bytes, fileHash, pixelHash, synthetic } = image
  return {
    ...{ id, datasetId, position, path, fileName, className, part, patient, thumbnail },
    ...{ format, rows, columns, samplesPerPixel, bytes, fileHash, pixelHash, synthetic },
    ...{ age: image.age, view: image.view, modifiedMs: image.modifiedMs },
    dicom: toJson(image.dicom),
  }
}
