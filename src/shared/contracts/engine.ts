/** What the engine offers: paths and plans in, rows and files out. It keeps nothing between calls. */
import { z } from 'zod'
import { EngineInfo } from '../domain/engineInfo.ts'
import { procedure } from '../rpc/contract.ts'
import { capsulesContract } from './engineAreas/capsules.ts'
import { datasetsContract } from './engineAreas/datasets.ts'
import { filmsContract } from './engineAreas/films.ts'
import { foldersContract } from './engineAreas/folders.ts'
import { judgingContract } from './engineAreas/judging.ts'
import { modelsContract } from './engineAreas/models.ts'
import { scoringContract } from './engineAreas/scoring.ts'
import { trainingContract } from './engineAreas/training.ts'

export const engineContract = {
  describe: procedure({ input: z.void(), output: EngineInfo }),
  ...foldersContract,
  ...filmsContract,
  ...datasetsContract,
  ...trainingContract,
  ...modelsContract,
  ...scoringContract,
  ...judgingContract,
  ...capsulesContract,
}
