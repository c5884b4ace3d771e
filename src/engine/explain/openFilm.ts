import type { ExplainOrder } from '../../shared/domain/explanation.ts'
import { AppError, throwIfCancelled } from '../../shared/errors.ts'
import { turnOfTheLoop } from '../../files/turnOfTheLoop.ts'
import type { FilmInput } from '../images/filmInput.ts'
import type { LoadedModel } from '../predict/modelCache.ts'
import { networkInput, packFilms, readForNetwork } from '../predict/readForNetwork.ts'
import { isOnLayer, lastImageLayer, type MapOrder } from './mapMaker.ts'

/** A film as the model sees it, and what of its answer is to be explained. */
export interface OpenFilm {
  readonly film: FilmInput
  readonly probabilities: number[]
  readonly order: MapOrder
}

/** Throws BAD_INPUT for a class or a layer that the model has not, and as `readRaster`. */
export async function openFilm(
  model: LoadedModel,
  { modelFolder, path, turned, method, layer, target }: ExplainOrder,
  signal: AbortSignal,
): Promise<OpenFilm> {
  const { classes, threshold } = model.manifest
  const film = await readForNetwork(path, networkInput(model.manifest), { turned })
  const outputs = model.network.predict(packFilms([film]))
  const probabilities = outputs.length === 1 ? [1 - outputs[0]!, outputs[0]!] : [...outputs]
  const wanted = target ?? namedClass(probabilities, threshold)
  if (wanted >= classes.length) {
    throw new AppError('BAD_INPUT', `The model has ${classes.length} classes, not ${wanted + 1}`)
  }
  const order = {
    ...{ modelFolder, method, target: wanted },
    layer: isOnLayer(method) ? (layer ?? lastImageLayer(model)) : '',
    async pause() {
      await turnOfTheLoop()
      throwIfCancelled(signal)
    },
  }
  return { film, probabilities, order }
}

function namedClass(probabilities: readonly number[], threshold: number): number {
  if (probabilities.length === 2) return Number(probabilities[1]! >= threshold)
  return probabilities.indexOf(Math.max(...probabilities))
}
