/** A table that says what films show: which column means what, and how it was read. */
import { z } from 'zod'
import { TableEncoding } from './tableEncoding.ts'

/** What a column of a table of labels means. */
export const ColumnRole = z.enum([
  'none',
  /** Path or name of the film's file. */
  'film',
  /** SOP Instance UID, Study Instance UID, Patient ID of DICOM files. */
  'sop',
  'study',
  'patientId',
  /** The class in words. */
  'label',
  /** 1 where the film is of the class that heads the column; of several such columns one is set. */
  'flag',
  'patient',
  'part',
  /** Years, or as DICOM writes them: 045Y, 018M. */
  'age',
  /** PA, AP, lateral … */
  'view',
])
export type ColumnRole = z.infer<typeof ColumnRole>

/** By which column the rows find their films. */
export const keyRoles = ['film', 'sop', 'study', 'patientId'] as const
export type KeyRole = (typeof keyRoles)[number]

/** A table and how to read it; what is left out is guessed. */
export const LabelOrder = z.object({
  file: z.string(),
  encoding: TableEncoding.optional(),
  /** The role of each column, from the left. */
  roles: z.array(ColumnRole).max(1000).optional(),
  /** Labels that are classes; rows with another are refused. */
  classes: z.array(z.string()).max(1000).optional(),
})
export type LabelOrder = z.infer<typeof LabelOrder>

const LabelColumn = z.object({
  name: z.string(),
  role: ColumnRole,
  /** The first few different values. */
  samples: z.array(z.string()),
})
/** How a table was read. */
export const LabelReading = z.object({
  file: z.string(),
  encoding: TableEncoding,
  delimiter: z.enum([',', ';', '\t', '|']),
  /** Whether the first line names the columns. */
  header: z.boolean(),
  columns: z.array(LabelColumn),
  /** Without the header and empty lines. */
  rows: z.int(),
  /** The labels that occur, the most frequent first, and whether each is taken as a class. */
  labels: z.array(z.object({ name: z.string(), rows: z.int(), taken: z.boolean() })),
  /** Folders of elsewhere that most names of films begin with, and that were left out of them. */
  below: z.string().optional(),
  /** Films of the folder that no row names; they are left out. */
  unlisted: z.int(),
  /** Ages that are none; their films are taken without one. */
  agesUnread: z.int(),
})
export type LabelReading = z.infer<typeof LabelReading>
