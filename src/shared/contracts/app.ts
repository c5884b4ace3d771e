/** What main offers the window. Paths never cross it: sources, films and models are named by ids that main made. */
import { activityContract } from './appAreas/activity.ts'
import { capsulesContract } from './appAreas/capsules.ts'
import { datasetsContract } from './appAreas/datasets.ts'
import { editsContract } from './appAreas/edits.ts'
import { experimentsContract } from './appAreas/experiments.ts'
import { exportsContract } from './appAreas/exports.ts'
import { judgementContract } from './appAreas/judgement.ts'
import { modelsContract } from './appAreas/models.ts'
import { programContract } from './appAreas/program.ts'
import { qualityContract } from './appAreas/quality.ts'
import { reportsContract } from './appAreas/reports.ts'
import { reviewContract } from './appAreas/review.ts'
import { splitDoctorContract } from './appAreas/splitDoctor.ts'
import { sweepsContract } from './appAreas/sweeps.ts'

export const appContract = {
  ...programContract,
  ...datasetsContract,
  ...editsContract,
  ...splitDoctorContract,
  ...qualityContract,
  ...experimentsContract,
  ...sweepsContract,
  ...capsulesContract,
  ...modelsContract,
  ...judgementContract,
  ...reviewContract,
  ...exportsContract,
  ...reportsContract,
  ...activityContract,
}
