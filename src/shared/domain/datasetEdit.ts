/** Changes of films in a data set: they can be taken back, and each makes a version. */
import { z } from 'zod'
import { Part } from './part.ts'

const Tag = z.string().trim().min(1).max(40)

/** All of a film that a person may change. */
export const FilmState = z.object({
  className: z.string().nullable(),
  part: Part.nullable(),
  patient: z.string(),
  excluded: z.boolean(),
  tags: z.array(z.string()),
  /** Edits that are older than notes tell none. */
  note: z.string().default(''),
})
export type FilmState = z.output<typeof FilmState>

/** What is left out stays as it is. */
export const FilmChange = z.object({
  className: z.string().trim().min(1).max(100).nullable().optional(),
  part: Part.nullable().optional(),
  excluded: z.boolean().optional(),
  addTags: z.array(Tag).max(20).optional(),
  removeTags: z.array(Tag).max(20).optional(),
  /** Takes the place of what was written before; empty, it leaves nothing there. */
  note: z.string().trim().max(2000).optional(),
})
export type FilmChange = z.output<typeof FilmChange>

export const DatasetEdit = z.object({
  number: z.int(),
  /** ISO 8601. */
  at: z.string(),
  kind: z.enum(['edit', 'undo', 'redo']),
  /** The edit that is undone or done again. */
  of: z.int().optional(),
  title: z.string(),
  films: z.int(),
})
export type DatasetEdit = z.output<typeof DatasetEdit>

/** What can be taken back or done again now. */
export const EditHistory = z.object({
  undo: DatasetEdit.optional(),
  redo: DatasetEdit.optional(),
})
export type EditHistory = z.output<typeof EditHistory>

/** A data set as it was at one time; its hash stands for its films, their labels, patients, parts and exclusions. */
export const DatasetVersion = z.object({
  /** From 1. */
  number: z.int(),
  hash: z.string(),
  createdAt: z.string(),
  films: z.int(),
  excluded: z.int(),
  /** What made it. */
  why: z.string(),
})
export type DatasetVersion = z.output<typeof DatasetVersion>

/** What a person would have to do to make one version of the other. */
export const VersionDiff = z.object({
  /** Films that are only in the later version: included again. */
  added: z.int(),
  /** Films that are only in the earlier one: excluded since. */
  removed: z.int(),
  relabelled: z.array(z.object({ from: z.string().nullable(), to: z.string().nullable(), films: z.int() })), // prettier-ignore
  moved: z.array(z.object({ from: Part.nullable(), to: Part.nullable(), films: z.int() })),
  /** Films of another patient than before. */
  regrouped: z.int(),
  /** The first films of all these. */
  films: z.array(
    z.object({ imageId: z.string(), fileName: z.string(), before: FilmState, after: FilmState }),
  ),
})
export type VersionDiff = z.output<typeof VersionDiff>
