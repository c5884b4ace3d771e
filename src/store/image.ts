import { z } from 'zod'
import { ImageRow, OriginalState, PerPatient, type ImageFilter } from '../shared/domain/dataset.ts'
import { DicomFacts } from '../shared/domain/dicom.ts'
import { FilmFacts } from '../shared/domain/film.ts'
import { FindingKind } from '../shared/domain/findingKind.ts'
import { Part } from '../shared/domain/part.ts'
import { AppError } from '../shared/errors.ts'
import type { Database, Parameters } from './database.ts'
import { ageBandOf, sizeOf, viewOf } from './facetColumns.ts'
import { facetCounts, FilmGroup, filmGroups } from './imageFacets.ts'
import { filterParameters, fits } from './imageFilter.ts'
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
  note: z.string().optional(),
  flags: z.array(FindingKind).optional(),
  /** Films of its patient, where they are counted before they are written; else the end of the import tells. */
  perPatient: PerPatient.optional(),
  /** Years, as a table says. */
  age: z.number().optional(),
  view: z.string().optional(),
  original: OriginalState.optional(),
})
export type StoredImage = z.infer<typeof StoredImage>

/** Columns of `imageColumns` that hold no plain text or number. */
export const columnTypes = {
  synthetic: flag,
  excluded: flag.optional(),
  tags: json(z.array(z.string())).optional(),
  flags: json(z.array(FindingKind)).optional(),
}
const StoredImageRow = row(
  StoredImage.extend({ ...columnTypes, dicom: json(DicomFacts).optional() }),
)
const GridRow = row(ImageRow.extend(columnTypes))
const Count = z.object({ count: z.int() })

export const imageColumns = `image.id, file_name AS fileName, class_name AS className, part, patient, rows, columns,
  bytes, synthetic, nullif(excluded, 0) AS excluded, nullif(tags, '[]') AS tags,
  nullif(image.note, '') AS note, nullif(flags, '[]') AS flags, age, view, original`
const allColumns = `${imageColumns}, dataset_id AS datasetId, path, format,
  samples_per_pixel AS samplesPerPixel, file_hash AS fileHash, pixel_hash AS pixelHash, thumbnail, dicom,
  modified_ms AS modifiedMs`

type Placing = Pick<StoredImage, 'className' | 'part' | 'patient' | 'age' | 'view' | 'perPatient'>
const ImportedRow = row(StoredImage.pick({ id: true, path: true, bytes: true, modifiedMs: true }))
const LostRow = z.object({ id: z.string(), path: z.string(), state: OriginalState })
const Tally = z.object({ images: z.int(), patients: z.int(), pictures: z.int(), synthetic: flag })
const PlacedRow = row(
  z.object({ className: z.string().optional(), part: Part.optional(), films: z.int() }),
)

export function imageStore(database: Database) {
  const insert = database.prepare(`INSERT INTO image (id, dataset_id, position, path, file_name,
    class_name, part, patient, format, rows, columns, samples_per_pixel, bytes, file_hash,
    pixel_hash, synthetic, thumbnail, dicom, age, view, modified_ms, size, per_patient, age_band,
    view_position)
    VALUES (:id, :datasetId, :position, :path, :fileName, :className, :part, :patient, :format,
    :rows, :columns, :samplesPerPixel, :bytes, :fileHash, :pixelHash, :synthetic, :thumbnail, :dicom, :age, :view, :modifiedMs,
    ${sizeOf(':rows', ':columns')}, coalesce(:perPatient, 'one'), ${ageBandOf(':age', ':dicom')},
    ${viewOf(':view', ':dicom')})`)
  const byId = database.prepare(`SELECT ${allColumns} FROM image WHERE id = :id`)
  const byFile = database.prepare(`SELECT ${allColumns} FROM image WHERE file_hash = :fileHash
    ORDER BY id LIMIT 1`)
  const ofPatient = database.prepare(`SELECT ${allColumns} FROM image
    WHERE patient = :patient AND dicom IS NOT NULL ORDER BY id`)
  const end = database.prepare(`SELECT coalesce(max(position), -1) + 1 AS count FROM image
    WHERE dataset_id = :datasetId`)
  const moved = database.prepare('UPDATE image SET path = :path WHERE id = :id')
  const ofDataset = database.prepare(`SELECT ${allColumns} FROM image WHERE dataset_id = :datasetId
    ORDER BY position`)
  const idsOfClass = database.prepare(`SELECT id FROM image
    WHERE dataset_id = :datasetId AND coalesce(class_name, '') = :className ORDER BY position`)
  const imported = database.prepare(`SELECT id, path, bytes, modified_ms AS modifiedMs FROM image
    WHERE dataset_id = :datasetId`)
  const place = database.prepare(`UPDATE image SET position = :position, class_name = :className,
    part = :part, patient = :patient, age = :age, view = :view,
    per_patient = coalesce(:perPatient, per_patient), age_band = ${ageBandOf(':age', 'dicom')},
    view_position = ${viewOf(':view', 'dicom')} WHERE id = :id`)
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
    /** The position after the last film's. */
    end: (datasetId: string): number => Count.parse(end.get({ datasetId })).count,
    moved: (id: string, path: string) => void moved.run({ id, path }),
    ofDataset: (datasetId: string) => z.array(StoredImageRow).parse(ofDataset.all({ datasetId })),
    page(datasetId: string, filter: ImageFilter, offset: number, limit: number) {
      const parameters = filterParameters(filter)
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
      const { search, patient } = filter
      const asked = filterParameters({ search, patient })
      const rows = ask(filmGroups(fits(asked))).all({ datasetId, ...asked })
      return facetCounts(z.array(FilmGroup).parse(rows), filter)
    },
    /** Films of an import that has not ended yet. */
    imported: (datasetId: string) => z.array(ImportedRow).parse(imported.all({ datasetId })),
    /** What names and tables say of a film, not its pixels. */
    place: (id: string, placing: Placing, position: number) => {
      const { className, part, patient, age, view, perPatient } = placing
      place.run({ id, position, className, part, patient, age, view, perPatient })
    },
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
    perPatient: image.perPatient,
    dicom: toJson(image.dicom),
  }
}
