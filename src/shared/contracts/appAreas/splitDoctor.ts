/** Who the patients are, and which part each belongs to. */
import { z } from 'zod'
import {
  PatientPreview,
  PatientRules,
  SplitPlan,
  SplitPreview,
  SplitReport,
} from '../../domain/split.ts'
import { procedure } from '../../rpc/contract.ts'
import { id } from './fields.ts'

export const splitDoctorContract = {
  /** The rules by which the data set's patients are read. */
  patientRules: procedure({ input: z.object({ datasetId: id }), output: PatientRules }),
  /** What rules would make of it; nothing is changed. */
  previewPatients: procedure({
    input: z.object({ datasetId: id, rules: PatientRules }),
    output: PatientPreview,
  }),
  applyPatients: procedure({
    input: z.object({ datasetId: id, rules: PatientRules }),
    output: z.object({ changed: z.int() }),
  }),
  /** Who stands on both sides of the data set's parts. */
  examineSplit: procedure({ input: z.object({ datasetId: id }), output: SplitReport }),
  previewSplit: procedure({
    input: z.object({ datasetId: id, plan: SplitPlan }),
    output: SplitPreview,
  }),
  applySplit: procedure({
    input: z.object({ datasetId: id, plan: SplitPlan }),
    output: z.object({ changed: z.int() }),
  }),
  /** Moves as few films as make the split sound. */
  mendSplit: procedure({
    input: z.object({ datasetId: id }),
    output: z.object({ changed: z.int() }),
  }),
}
