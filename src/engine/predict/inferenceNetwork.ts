/** The one place that chooses what predicts. */
import { createGraphNetwork } from '../graph/graphNetwork.ts'
import type { Network, NetworkOptions } from '../graph/network.ts'
import { missingAddon } from '../tensorflow.ts'
import { createWasmNetwork } from '../wasm/wasmNetwork.ts'

/** Bound on the memory of a prediction's graph; predictions run in pieces far below it. */
const predictionBudgetBytes = 600e6

export interface InferenceNetwork {
  readonly network: Network
  /** Films for one prediction, and so between two looks at whether it is cancelled. */
  readonly filmsAtOnce: number
}

/**
 * A network that predicts, without weights worth keeping: on TensorFlow's native library, and on WebAssembly where that
 * cannot be loaded. Throws BAD_INPUT when the layers do not fit each other, ENGINE_FAILED when neither computes.
 */
export async function createInferenceNetwork(
  options: Pick<NetworkOptions, 'spec' | 'scale'>,
): Promise<InferenceNetwork> {
  // Eight take WebAssembly a third of a second, as long as a cancel should wait.
  if (missingAddon()) return { network: await createWasmNetwork(options), filmsAtOnce: 8 }
  const memoryBudgetBytes = predictionBudgetBytes
  const network = createGraphNetwork({ ...options, memoryBudgetBytes, seed: 0, inferenceOnly: true }) // prettier-ignore
  return { network, filmsAtOnce: 16 }
}
