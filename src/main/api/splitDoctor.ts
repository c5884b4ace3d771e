import type { splitDoctorContract } from '../../shared/contracts/appAreas/splitDoctor.ts'
import type { Handlers } from '../../shared/rpc/contract.ts'
import { examineSplit } from '../../workflows/splitDoctor/examine.ts'
import { mendSplit } from '../../workflows/splitDoctor/mend.ts'
import {
  applyPatients,
  patientRules,
  previewPatients,
} from '../../workflows/splitDoctor/patients.ts'
import { applySplit, previewSplit } from '../../workflows/splitDoctor/plan.ts'
import type { Context } from '../context.ts'

export const splitDoctorApi = ({ desk }: Context): Handlers<typeof splitDoctorContract> => ({
  patientRules: ({ datasetId }) => [...patientRules(desk, datasetId)],
  previewPatients: (order) => previewPatients(desk, order),
  applyPatients: (order) => applyPatients(desk, order),
  examineSplit: ({ datasetId }) => examineSplit(desk, datasetId),
  previewSplit: (order) => previewSplit(desk, order),
  applySplit: (order) => applySplit(desk, order),
  mendSplit: ({ datasetId }) => mendSplit(desk, datasetId),
})
