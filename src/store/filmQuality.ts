import { z } from 'zod'
import { Part } from '../shared/domain/part.ts'
import { QualityFacts } from '../shared/domain/quality.ts'
import type { Database } from './database.ts'
import { flag, json, row } from './row.ts'

/** A film with what was measured of it, and with its pooled features, where a model saw it. */
const MeasuredRow = row(
  z.object({
    id: z.string(),
    fileName: z.string(),
    pixelHash: z.string(),
    patient: z.string(),
    className: z.string().optional(),
    part: Part.optional(),
    excluded: flag,
    /** A person said that its file tells black from white wrong. */
    turned: flag,
    facts: json(QualityFacts).optional(),
    refused: z.string().optional(),
    features: z.string().transform(featuresIn).optional(),
  }),
)
export type MeasuredImage = z.output<typeof MeasuredRow>

const FactsRow = row(z.object({ facts: json(QualityFacts).optional() }))
const UnmeasuredRow = z.object({ id: z.string(), path: z.string(), fileHash: z.string() })

/** What films were found to be, by their content. Sets of films are read by a range of positions, a piece at a time. */
export function filmQualityStore(database: Database) {
  const ofDataset = 'dataset_id = :datasetId AND position >= :from AND position < :to'
  const unknown = database.prepare(`SELECT id, path, file_hash AS fileHash FROM image
    WHERE ${ofDataset} AND NOT EXISTS (SELECT 1 FROM film_quality
      WHERE film_quality.file_hash = image.file_hash AND version = :version AND facts IS NOT NULL)
    ORDER BY position`)
  const keep = database.prepare(`INSERT OR REPLACE INTO film_quality
    (file_hash, version, facts, refused, features)
    SELECT file_hash, :version, :facts, :refused, :features FROM image WHERE id = :imageId`)
  const measured =
    database.prepare(`SELECT image.id, file_name AS fileName, pixel_hash AS pixelHash, patient,
      class_name AS className, part, excluded,
      EXISTS (SELECT 1 FROM turned_film WHERE turned_film.file_hash = image.file_hash) AS turned,
      facts, refused, features
    FROM image LEFT JOIN film_quality USING (file_hash) WHERE ${ofDataset} ORDER BY position`)
  const ofFilm = database.prepare(`SELECT facts FROM image JOIN film_quality USING (file_hash)
    WHERE image.id = :imageId`)
  return {
    /** Films whose facts of this version are not known. */
    unmeasured: (datasetId: string, version: string, from: number, to: number) =>
      z.array(UnmeasuredRow).parse(unknown.all({ datasetId, version, from, to })),
    /** Facts and features of a film's content, or why there are none. */
    keep: (
      imageId: string,
      version: string,
      found: { facts?: QualityFacts; refused?: string; features?: Float32Array | undefined },
    ) =>
      void keep.run({
        ...{ imageId, version, refused: found.refused ?? null },
        facts: found.facts ? JSON.stringify(found.facts) : null,
        features: found.features ? textOf(found.features) : null,
      }),
    /** Films in the data set's order; those that were never measured have neither facts nor a refusal. */
    measured: (datasetId: string, from: number, to: number): MeasuredImage[] =>
      z.array(MeasuredRow).parse(measured.all({ datasetId, from, to })),
    factsOf: (imageId: string): QualityFacts | undefined =>
      FactsRow.optional().parse(ofFilm.get({ imageId }) ?? undefined)?.facts,
  }
}

const textOf = ({ buffer, byteOffset, byteLength }: Float32Array): string =>
  Buffer.from(buffer, byteOffset, byteLength).toString('base64')

function featuresIn(text: string): Float32Array {
  // A copy: the bytes of a string's buffer need not lie where numbers may.
  const bytes = Uint8Array.from(Buffer.from(text, 'base64'))
  return new Float32Array(bytes.buffer)
}
