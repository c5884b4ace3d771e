/** DICOM films passed on without their patients (PS3.15 E). */
import { z } from 'zod'
import { Refusal } from './film.ts'

export const DeidentifyChoices = z.object({
  /**
   * `remove`: as the Basic Profile has it. `shift`: all dates of a patient go back by the same number of days, so that
   * the time between examinations stays.
   */
  dates: z.enum(['remove', 'shift']),
  /** Sex, age, size and weight stay. */
  keepCharacteristics: z.boolean(),
})
export type DeidentifyChoices = z.infer<typeof DeidentifyChoices>

export const DeidentifyOrder = DeidentifyChoices.extend({
  paths: z.array(z.string()),
  /** New or empty; made with its content as a whole. */
  folder: z.string().min(1),
})
export type DeidentifyOrder = z.infer<typeof DeidentifyOrder>

export const DeidentifiedFilm = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('written'),
    /** Of the original. */
    path: z.string(),
    /** Below the folder. */
    file: z.string(),
    /** New name and id. */
    patient: z.string(),
    sopInstanceUid: z.string(),
    /** Why a person has to look for burned-in letters; empty where the file says that there are none. */
    reasonsToLook: z.array(z.string()),
    /** Attributes in all levels that are taken out, replaced or emptied; private ones are all taken out. */
    removed: z.int(),
    replaced: z.int(),
    privates: z.int(),
    /** Attributes that the profile keeps, but that repeated a name or an id, or could not be read. */
    suspicious: z.array(z.string()),
  }),
  z.object({ kind: z.literal('refused'), refusal: Refusal }),
])
export type DeidentifiedFilm = z.infer<typeof DeidentifiedFilm>
