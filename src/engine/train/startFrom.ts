import type { TrainingPlan } from '../../shared/domain/training.ts'
import { AppError } from '../../shared/errors.ts'
import type { Network } from '../graph/network.ts'
import { loadPackage } from '../models/package.ts'

/**
 * Takes over the weights that the plan's starting model has under the same name and in the same shape; the rest stays
 * as it was drawn. Throws BAD_INPUT when nothing fits, BAD_MODEL and NOT_FOUND as `loadPackage`.
 */
export async function startFrom(
  { startFrom: folder, spec }: Pick<TrainingPlan, 'startFrom' | 'spec'>,
  network: Network,
): Promise<void> {
  if (folder === undefined) return
  const { manifest, weights } = await loadPackage(folder)
  const given = new Map(weights.map((array) => [array.name, array]))
  const drawn = network.readWeights('current')
  const taken = drawn.map((array) => {
    const candidate = given.get(array.name)
    return candidate?.shape.join() === array.shape.join() ? candidate : array
  })
  if (taken.every((array, place) => array === drawn[place])) {
    throw new AppError(
      'BAD_INPUT',
      `${manifest.name} has no weights that ${spec.name} could start from: no layer has the same name and shape`,
    )
  }
  network.writeWeights(taken)
}
