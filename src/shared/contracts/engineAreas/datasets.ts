/** What films together tell: patients, parts, copies, odd ones, suspicious labels. */
import { z } from 'zod'
import { Part } from '../../domain/part.ts'
import { MeasuredFilm } from '../../domain/quality.ts'
import { PatientRules, SplitPlan } from '../../domain/split.ts'
import { procedure } from '../../rpc/contract.ts'
import { Count } from './count.ts'

/** [films, width], one film after the other. */
const PackedFeatures = z.object({ width: z.int().min(1), features: z.instanceof(Float32Array) })

export const datasetsContract = {
  /** The patient of each film by rules that a person may have written; keeps nothing. */
  readPatients: procedure({
    input: z.object({
      rules: PatientRules,
      films: z.array(z.object({ path: z.string(), dicomPatient: z.string().optional() })),
    }),
    output: z.object({
      keys: z.array(z.string()),
      /** The rule that read each film. */
      rules: z.array(z.int().nullable()),
      /** Why a rule cannot be used, in the order of the rules. */
      problems: z.array(z.string().nullable()),
    }),
  }),
  /** Deals films to parts and folds, on paper. */
  splitFilms: procedure({
    input: z.object({
      films: z.array(z.object({ label: z.int().min(0), group: z.string() })),
      plan: SplitPlan,
    }),
    output: z.object({ parts: z.array(Part.nullable()), folds: z.array(z.int().nullable()) }),
  }),
  /** What each film's pixels say of its quality, in order, and what a model makes of it where one is given. */
  measureFilms: procedure({
    input: z.object({ paths: z.array(z.string()), modelFolder: z.string().optional() }),
    progress: Count.extend({ films: z.array(MeasuredFilm) }),
    output: z.object({ measured: z.int(), refused: z.int() }),
  }),
  /** Pairs of films by place whose hashes differ in at most `limit` of 256 bits; equal ones are paired with the first. */
  alikeFilms: procedure({
    input: z.object({
      hashes: z.array(z.string().regex(/^[0-9a-f]{64}$/)),
      limit: z.int().min(0).max(256),
    }),
    progress: Count,
    output: z.object({
      pairs: z.array(z.object({ first: z.int(), second: z.int(), distance: z.int() })),
    }),
  }),
  /** How far each film's features lie from the middle of all of them. */
  featureDistances: procedure({
    input: PackedFeatures,
    output: z.object({ distances: z.array(z.number()) }),
  }),
  /** Labels that a logistic head on features speaks against, learned by k-fold from other patients' films. */
  suspectLabels: procedure({
    input: PackedFeatures.extend({
      labels: z.array(z.int().min(0)),
      patients: z.array(z.int().min(0)),
      classes: z.int().min(2).max(1000),
      folds: z.int().min(2).max(20),
      seed: z.int().min(0),
    }),
    progress: Count,
    output: z.object({
      suspects: z.array(
        z.object({ film: z.int(), predicted: z.int(), own: z.number(), other: z.number() }),
      ),
      agreement: z.number().min(0).max(1),
    }),
  }),
}
