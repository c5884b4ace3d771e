/** Data sets: imported, looked through, found again, sampled. */
import { z } from 'zod'
import { Dataset, Facets, ImageFilter, ImageRow, ImportPreview } from '../../domain/dataset.ts'
import { Refusal } from '../../domain/film.ts'
import { LabelOrder } from '../../domain/labelTable.ts'
import { LostOriginal } from '../../domain/original.ts'
import { procedure } from '../../rpc/contract.ts'
import { id, name } from './fields.ts'

/** A table of labels: one that a person chose, or one in the folder; what is left out is guessed. */
export const TableChoice = LabelOrder.omit({ file: true }).extend({
  source: id.optional(),
  /** Of a table in the chosen folder, from the folder on. */
  name: z.string().max(1000).optional(),
})
export type TableChoice = z.infer<typeof TableChoice>

export const datasetsContract = {
  previewImport: procedure({
    input: z.object({ source: id, table: TableChoice.optional() }),
    progress: z.object({ filesSeen: z.int(), unpacking: z.boolean().optional() }),
    output: ImportPreview,
  }),
  startImport: procedure({
    input: z.object({ previewId: id, name }),
    output: z.object({ jobId: z.string() }),
  }),
  /** Imports that ended before they were complete, and that nothing works on. */
  listHalfImports: procedure({
    input: z.void(),
    output: z.array(
      z.object({ id: z.string(), name: z.string(), createdAt: z.string(), images: z.int() }),
    ),
  }),
  /** Goes on where it stood. */
  resumeImport: procedure({
    input: z.object({ datasetId: id }),
    output: z.object({ jobId: z.string() }),
  }),
  /** Gives it up: what was imported is forgotten, originals stay. */
  discardImport: procedure({ input: z.object({ datasetId: id }), output: z.void() }),
  /** Looks at every original of the data set, as a job. */
  startOriginalsCheck: procedure({
    input: z.object({ datasetId: id }),
    output: z.object({ jobId: z.string() }),
  }),
  /** Looks for lost originals in a folder that a person chose, by path and content, as a job. */
  startRelink: procedure({
    input: z.object({ datasetId: id, source: id }),
    output: z.object({ jobId: z.string() }),
  }),
  /** Originals that the last look found moved or changed; the first thousand. */
  lostOriginals: procedure({
    input: z.object({ datasetId: id }),
    output: z.array(LostOriginal),
  }),
  /** Makes synthetic films in the library and imports them. */
  startSamples: procedure({
    input: z.object({ count: z.int().min(20).max(10_000), seed: z.int().min(0) }),
    output: z.object({ jobId: z.string() }),
  }),
  listDatasets: procedure({ input: z.void(), output: z.array(Dataset) }),
  renameDataset: procedure({ input: z.object({ datasetId: id, name }), output: z.void() }),
  /** Takes it out of the library; original files stay where they are. */
  deleteDataset: procedure({ input: z.object({ datasetId: id }), output: z.void() }),
  images: procedure({
    input: z.object({
      datasetId: id,
      filter: ImageFilter,
      offset: z.int().min(0),
      limit: z.int().min(1).max(1000),
    }),
    output: z.object({ total: z.int(), images: z.array(ImageRow) }),
  }),
  /** Counts under the filter's other facets, as a facet list shows them. */
  facets: procedure({
    input: z.object({ datasetId: id, filter: ImageFilter }),
    output: Facets,
  }),
  refusals: procedure({ input: z.object({ datasetId: id }), output: z.array(Refusal) }),
  /** A few films of each class, drawn with the seed. */
  sampleSheet: procedure({
    input: z.object({ datasetId: id, perClass: z.int().min(1).max(20), seed: z.int().min(0) }),
    output: z.array(z.object({ className: z.string(), images: z.array(ImageRow) })),
  }),
}
