/** Gradient graphs that were built for a model, used again for its next films and freed with it. */
import type { NamedArray } from '../graph/network.ts'
import { loadPackage } from '../models/package.ts'
import type { LoadedModel } from '../predict/modelCache.ts'
import { openGradients, type GradientGraph } from './gradientGraph.ts'

/** A graph and TensorFlow's plan of it take as long to make as many maps; more layers than these are seldom asked. */
const MOST_GRAPHS = 4

interface Entry {
  readonly graph: GradientGraph
  users: number
}

interface Kept {
  weights: Promise<readonly NamedArray[]>
  /** By layer, the one used last at the end. */
  readonly graphs: Map<string, Entry>
}

const keptOf = new WeakMap<LoadedModel, Kept>()

function kept(model: LoadedModel, folder: string): Kept {
  const known = keptOf.get(model)
  if (known) return known
  const weights = loadPackage(folder).then((loaded) => loaded.weights)
  const made: Kept = { weights, graphs: new Map() }
  keptOf.set(model, made)
  model.onFree.push(() => made.graphs.forEach(({ graph }) => graph.dispose()))
  // What could not be read once may be readable the next time.
  weights.catch(() => keptOf.delete(model))
  return made
}

/** The model's own weights, read from its package once. Throws as `loadPackage`. */
export const weightsOf = (model: LoadedModel, folder: string): Promise<readonly NamedArray[]> =>
  kept(model, folder).weights

/** A borrowed graph: give it back when its maps are made. */
export interface BorrowedGradients {
  readonly graph: GradientGraph
  readonly giveBack: () => void
}

/** The way back to a layer. The model must be in use meanwhile. Throws as `openGradients` and `loadPackage`. */
export async function borrowGradients(
  model: LoadedModel,
  folder: string,
  layer: string,
): Promise<BorrowedGradients> {
  const { weights, graphs } = kept(model, folder)
  const loaded = { manifest: model.manifest, weights: await weights }
  const entry = graphs.get(layer) ?? { graph: openGradients(loaded, layer), users: 0 }
  graphs.delete(layer)
  graphs.set(layer, entry)
  entry.users++
  return {
    graph: entry.graph,
    giveBack() {
      entry.users--
      freeOldest(graphs)
    },
  }
}

function freeOldest(graphs: Map<string, Entry>): void {
  for (const [layer, { graph, users }] of [...graphs]) {
    if (graphs.size <= MOST_GRAPHS) return
    if (users > 0) continue
    graphs.delete(layer)
    graph.dispose()
  }
}
