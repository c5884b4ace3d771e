/** The worklist, its films and what readers say of them. */
import { z } from 'zod'
import { Agreement } from '../../domain/agreement.ts'
import { DicomFacts } from '../../domain/dicom.ts'
import { Explanation, MapChoice, MapTrust } from '../../domain/explanation.ts'
import { Refusal } from '../../domain/film.ts'
import { PaneSize } from '../../domain/filmPixels.ts'
import { FilmMarks } from '../../domain/mark.ts'
import { Prediction } from '../../domain/model.ts'
import { OtherFilm, Reading, Verdict, WorklistItem } from '../../domain/review.ts'
import { procedure } from '../../rpc/contract.ts'
import { id } from './fields.ts'

export const reviewContract = {
  /** Puts films onto the worklist; a folder is walked. Known files are not added twice. */
  openFilms: procedure({
    /** `pane`: where the first of them will be seen. */
    input: z.object({ source: id, pane: PaneSize.optional() }),
    /**
     * `look`, told once: what will be seen of a film that is being read, image://look/<look>. `first`, told once, is new
     * on the list and will be seen first; `isLookedAt`: that film is the one of `look`.
     */
    progress: z.object({
      done: z.int(),
      total: z.int(),
      look: z.string().optional(),
      first: z.object({ item: WorklistItem, isLookedAt: z.boolean() }).optional(),
    }),
    /** `opened` are all films that were named, `added` those that were not on the list before. */
    output: z.object({
      opened: z.array(z.string()),
      added: z.array(z.string()),
      refused: z.array(Refusal),
    }),
  }),
  /** Puts a data set's films onto the worklist, to look at them in Review. */
  openImages: procedure({
    input: z.object({ imageIds: z.array(id).min(1).max(10_000) }),
    output: z.void(),
  }),
  /** What the film's DICOM file says; null for other pictures. */
  filmFacts: procedure({ input: z.object({ imageId: id }), output: DicomFacts.nullable() }),
  /** Other films of the same patient in the library, the newest study first: to be seen beside this one. */
  otherFilms: procedure({ input: z.object({ imageId: id }), output: z.array(OtherFilm) }),
  worklist: procedure({ input: z.void(), output: z.array(WorklistItem) }),
  /** Scores one film with Review's model, or recalls the score it gave before. */
  predict: procedure({ input: z.object({ imageId: id }), output: Prediction }),
  /** Scores every film of the worklist that has no score by Review's model yet. */
  startScreening: procedure({ input: z.void(), output: z.object({ jobId: z.string() }) }),
  /** Why Review's model scores a film as it does; the map's values, one byte each: image://map/<mapId>. */
  explain: procedure({
    input: MapChoice.extend({ imageId: id }),
    output: Explanation.omit({ values: true }).extend({ mapId: z.string() }),
  }),
  /** How far that map can be believed; takes several times as long. */
  mapTrust: procedure({
    input: MapChoice.extend({ imageId: id }),
    progress: z.object({ done: z.int(), total: z.int() }),
    output: MapTrust,
  }),
  giveVerdict: procedure({
    input: z.object({
      imageId: id,
      verdict: Verdict,
      /** From the film on the screen to the verdict. */
      seconds: z.number().min(0).optional(),
      /** Whether the reader knew the model's score. */
      scoreSeen: z.boolean(),
    }),
    output: z.void(),
  }),
  /** Forgets the newest verdict on a film; answers the one that stands again, null when there is none. */
  takeVerdictBack: procedure({ input: z.object({ imageId: id }), output: Verdict.nullable() }),
  writeNote: procedure({
    input: z.object({ imageId: id, note: z.string().max(10_000) }),
    output: z.void(),
  }),
  /** Every verdict on a film with its time, the oldest first. */
  readings: procedure({ input: z.object({ imageId: id }), output: z.array(Reading) }),
  /** How readers and Review's model agree on the worklist; null without a model that tells two sides apart. */
  agreement: procedure({ input: z.void(), output: Agreement.nullable() }),
  /** Asks where to write it as CSV, a film a row; false when the person closed the dialog. */
  exportAgreement: procedure({ input: z.void(), output: z.boolean() }),
  /** What was drawn on a film (null for nothing), and whether its file tells black from white wrong. */
  filmMarks: procedure({
    input: z.object({ imageId: id }),
    output: z.object({ drawn: FilmMarks.nullable(), turned: z.boolean() }),
  }),
  writeFilmMarks: procedure({ input: FilmMarks.extend({ imageId: id }), output: z.void() }),
  /** Asks where to write the marks of all films on the worklist; false when the person closed the dialog. */
  exportMarks: procedure({
    input: z.object({ format: z.enum(['csv', 'json']) }),
    output: z.boolean(),
  }),
  /** The reader says whether the film's file tells black from white wrong; scores of it are forgotten. */
  turnFilm: procedure({ input: z.object({ imageId: id, turned: z.boolean() }), output: z.void() }),
  removeFromWorklist: procedure({
    input: z.object({ imageIds: z.array(id).max(100_000) }),
    output: z.void(),
  }),
  /** Asks where to write a CSV of the worklist; false when the person closed the dialog. */
  exportWorklist: procedure({ input: z.void(), output: z.boolean() }),
}
