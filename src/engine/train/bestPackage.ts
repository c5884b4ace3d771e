/** The best epoch as a model package. */
import type { Evaluation } from '../../shared/domain/evaluation.ts'
import type { EpochReport } from '../../shared/domain/training.ts'
import { softwareVersions } from '../describe.ts'
import { savePackage, type PackageCard } from '../models/package.ts'
import { programVersion } from '../version.ts'
import { bestEpoch } from './bestEpoch.ts'
import type { TrainingWork } from './trainEpochs.ts'

/** Two classes: the last is called at even odds, until a person chooses otherwise. */
const evenOdds = 0.5

export async function saveBest(
  folder: string,
  { plan, films, network }: Pick<TrainingWork, 'plan' | 'films' | 'network'>,
  reports: readonly EpochReport[],
  validation: Evaluation | undefined,
): Promise<void> {
  const { spec, settings, classes, trainedOn, datasetHash, leak } = plan
  const { tensorflow, tfjs, node } = softwareVersions()
  const { train, validation: watched, test } = films.places
  const card: PackageCard = {
    name: spec.name,
    createdAt: new Date().toISOString(),
    spec,
    preprocessing: settings.preprocessing,
    classes,
    threshold: evenOdds,
    card: {
      trainedOn,
      ...(datasetHash !== undefined && { datasetHash }),
      ...(leak && { leak }),
      films: { train: train.length, validation: watched.length, test: test.length },
      settings,
      bestEpoch: bestEpoch(reports)!,
      epochs: [...reports],
      validation: validation ?? null,
      test: null,
      synthetic: films.synthetic,
      software: { pneumoscope: programVersion(), tensorflow, tfjs, node },
    },
  }
  const kind = settings.weightAverage === undefined ? 'current' : 'averaged'
  await savePackage(folder, card, network.readWeights(kind))
}
