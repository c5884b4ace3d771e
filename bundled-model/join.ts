/** Several trainings of one fold as one package. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { NamedArray } from '../src/engine/graph/network.ts'
import { GOLDEN } from '../src/engine/models/manifest.ts'
import { loadPackage, savePackage } from '../src/engine/models/package.ts'
import { prepareFilms } from '../src/engine/train/prepareFilms.ts'
import { testBest } from '../src/engine/train/testBest.ts'
import type { ModelSpec } from '../src/shared/domain/modelSpec.ts'
import { meanWeights } from './average.ts'
import { forkedSpec, forkedWeights } from './fork.ts'
import type { Run } from './protocol.ts'
import { packageOf, planOf, type Work } from './runs.ts'

type Weights = readonly NamedArray[]

interface Joint {
  readonly spec: ModelSpec
  readonly weights: Weights
  readonly halvedKernels: boolean
}

interface Joining {
  readonly parts: readonly Run[]
  /** Where the package goes. */
  readonly folder: string
  readonly how: (spec: ModelSpec, models: readonly Weights[]) => Joint
}

export const averaged: Joining['how'] = (spec, models) => ({
  spec,
  weights: meanWeights(models),
  halvedKernels: false,
})
export const forked: Joining['how'] = (spec, models) => ({
  spec: forkedSpec(spec, models.length),
  weights: forkedWeights(spec, models),
  halvedKernels: true,
})

/**
 * The folder of a package of several trainings: with the card of the first, and golden films and an envelope of its
 * own. Written once.
 */
export async function joined(work: Work, { parts, folder, how }: Joining): Promise<string> {
  // The last that is added.
  if (existsSync(join(folder, GOLDEN))) return folder
  const loaded = await Promise.all(parts.map((part) => loadPackage(packageOf(work, part))))
  const { manifest } = loaded[0]!
  const { spec, weights, halvedKernels } = how(manifest.spec, loaded.map((model) => model.weights)) // prettier-ignore
  const { name, preprocessing, classes, threshold, card } = manifest
  const createdAt = new Date().toISOString()
  const described = { name, createdAt, spec, preprocessing, classes, threshold, card }
  await savePackage(folder, described, weights, { halvedKernels })
  const quiet = { signal: new AbortController().signal, report: () => undefined }
  const films = await prepareFilms(planOf(work, parts[0]!), quiet)
  try {
    await testBest(folder, films, card.epochs, quiet.report)
    return folder
  } finally {
    await films.close()
  }
}
