/** A model package as a tfjs-layers model, whose layers can be looked at one by one. */
import type { LayersModel } from '@tensorflow/tfjs-node-gpu'
import type { ModelManifest } from '../../shared/domain/model.ts'
import { AppError } from '../../shared/errors.ts'
import { loadPackage } from '../models/package.ts'
import { setTfjsWeights, toTfjsModel } from '../models/tfjsModel.ts'
import { tensorflow } from '../tensorflow.ts'

export interface OpenModel {
  readonly manifest: ModelManifest
  readonly model: LayersModel
}

/** Gives `work` the model and frees it afterwards. Throws BAD_MODEL, NOT_FOUND, UNSUPPORTED. */
export async function withModel<T>(
  folder: string,
  work: (open: OpenModel) => Promise<T>,
): Promise<T> {
  const { manifest, weights } = await loadPackage(folder)
  const model = toTfjsModel(manifest.spec)
  try {
    setTfjsWeights(manifest.spec, model, weights)
    return await work({ manifest, model })
  } finally {
    model.dispose()
  }
}

/** Throws NOT_FOUND naming the layers that there are. */
export function layerNamed({ model }: OpenModel, name: string): LayersModel['layers'][number] {
  const layer = model.layers.find((candidate) => candidate.name === name)
  if (layer) return layer
  const names = model.layers.map((candidate) => candidate.name).join(', ')
  throw new AppError('NOT_FOUND', `There is no layer ${name}; there are ${names}`)
}

/** The part of the model that ends in a layer; its weights stay the model's. */
export function upTo(open: OpenModel, name: string): LayersModel {
  const { model } = open
  const layer = layerNamed(open, name)
  const outputs = Array.isArray(layer.output) ? layer.output[0]! : layer.output
  return tensorflow().model({ inputs: model.inputs, outputs })
}
