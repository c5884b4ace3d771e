import { examineSplit } from '../../workflows/splitDoctor/examine.ts'
import { mendSplit } from '../../workflows/splitDoctor/mend.ts'
import {
  applyPatients,
  patientRules,
  previewPatients,
} from '../../workflows/splitDoctor/patients.ts'
import { applySplit, previewSplit } from '../../workflows/splitDoctor/plan.ts'
import type { Area, Context } from '../context.ts'

type SplitDoctor = Area<
  | 'patientRules'
  | 'previewPatients'
  | 'applyPatients'
  | 'examineSplit'
  | 'previewSplit'
  | 'applySplit'
  | 'mendSplit'
>

export const splitDoctorApi = ({ desk }: Context): SplitDoctor => ({
  patientRules: ({ datasetId }) => [...patientRules(desk, datasetId)],
  previewPatients: (order) => previewPatients(desk, order),
  applyPatients: (order) => applyPatients(desk, order),
  examineSplit: ({ datasetId }) => examineSplit(desk, datasetId),
  previewSplit: (order) => previewSplit(desk, order),
  applySplit: (order) => applySplit(desk, order),
  mendSplit: ({ datasetId }) => mendSplit(desk, datasetId),
})
