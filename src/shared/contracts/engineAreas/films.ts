/** Films: read, shown, told, copied, made. */
import { z } from 'zod'
import { DeidentifiedFilm, DeidentifyOrder } from '../../domain/deidentification.ts'
import { PatientData } from '../../domain/dicom.ts'
import { FilmFacts, Refusal } from '../../domain/film.ts'
import { FilmPixels, mostHalvings, PaneSize } from '../../domain/filmPixels.ts'
import { procedure } from '../../rpc/contract.ts'
import { Count } from './count.ts'

export const FilmReading = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('read'), path: z.string(), facts: FilmFacts, thumbnail: z.string() }),
  z.object({ kind: z.literal('refused'), refusal: Refusal }),
])
export type FilmReading = z.infer<typeof FilmReading>

/** One file as `inspect` tells it (docs of the command line). Stored figures are before any look-up table. */
export const Inspection = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('image'),
    path: z.string(),
    format: z.string(),
    rows: z.int(),
    columns: z.int(),
    frames: z.int(),
    samplesPerPixel: z.int(),
    bitsStored: z.int(),
    photometric: z.string(),
    storedMin: z.number(),
    storedMax: z.number(),
    storedMean: z.number(),
    /** UID, of DICOM files. */
    transferSyntax: z.string().optional(),
    modality: z.string().optional(),
    /** The DICOM file's window would make all of the film one grey; its own range is used instead. */
    windowMissed: z.boolean().optional(),
    /** Only where it was asked for. */
    patient: PatientData.optional(),
  }),
  /** A DICOM object without pixels: a report, a document, a plan … */
  z.object({
    kind: z.literal('object'),
    path: z.string(),
    format: z.string(),
    /** What it is, in words. */
    object: z.string(),
    transferSyntax: z.string(),
    modality: z.string().optional(),
    patient: PatientData.optional(),
  }),
  z.object({ kind: z.literal('refused'), refusal: Refusal }),
])
export type Inspection = z.infer<typeof Inspection>

export const filmsContract = {
  /**
   * Decodes each film once: facts, hashes and a JPEG thumbnail (longest side 256) named by its hash. Before that comes
   * `look`, once: the first film halved as the whole of it is seen in `pane`; none where it cannot be read.
   */
  readFilms: procedure({
    input: z.object({
      paths: z.array(z.string()),
      thumbnailFolder: z.string(),
      pane: PaneSize.optional(),
    }),
    progress: Count.extend({ readings: z.array(FilmReading), look: FilmPixels.optional() }),
    output: z.object({ read: z.int(), refused: z.int() }),
  }),
  /** One frame (the first when left out) as a viewer draws it. */
  renderFilm: procedure({
    /** `halvings`: how often the samples shall be halved where the film allows it. */
    input: z.object({
      path: z.string(),
      frame: z.int().min(1).optional(),
      halvings: z.int().min(0).max(mostHalvings).optional(),
    }),
    output: FilmPixels,
  }),
  inspectFiles: procedure({
    /** `phi`: with the patient data of DICOM files. */
    input: z.object({ paths: z.array(z.string()), phi: z.boolean().default(false) }),
    progress: Inspection,
    output: z.void(),
  }),
  /** Writes copies of DICOM films without their patients into a new folder. */
  deidentify: procedure({
    input: DeidentifyOrder,
    progress: Count.extend({ films: z.array(DeidentifiedFilm) }),
    output: z.object({ written: z.int(), toLookAt: z.int(), refused: z.int() }),
  }),
  /** Writes synthetic frontal films into class folders NORMAL and PNEUMONIA of a new folder. */
  generateFilms: procedure({
    input: z.object({
      folder: z.string(),
      count: z.int().min(2).max(100_000),
      seed: z.int(),
      size: z.int().min(64).max(2048).default(224),
    }),
    progress: Count,
    output: z.object({ folder: z.string(), films: z.int() }),
  }),
}
