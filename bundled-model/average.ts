/**
 * One network of several that began alike: the mean of their weights (Wortsman et al., "Model soups: averaging weights of
 * multiple fine-tuned models improves accuracy without increasing inference time", 2022).
 */
import type { NamedArray } from '../src/engine/graph/network.ts'
import { loadPackage, savePackage } from '../src/engine/models/package.ts'
import { prepareFilms } from '../src/engine/train/prepareFilms.ts'
import { testBest } from '../src/engine/train/testBest.ts'
import type { TrainingPlan } from '../src/shared/domain/training.ts'

/** The means of arrays of the same names and shapes, place by place. Throws where they differ. */
export function meanWeights(models: readonly (readonly NamedArray[])[]): NamedArray[] {
  const [first = []] = models
  return first.map(({ name, shape, values }) => {
    const all = models.map((weights) => {
      const same = weights.find((array) => array.name === name)
      if (same?.values.length !== values.length)
        throw new Error(`${name} is not in every model with the same shape`)
      return same.values
    })
    const mean = values.map((_, at) => all.reduce((sum, each) => sum + each[at]!, 0) / all.length)
    return { name, shape, values: mean }
  })
}

/**
 * Writes the mean of the packages in `folders`, trained on the films of `plan`, into `out`: the card of the first, golden
 * films and an envelope of its own.
 */
export async function averagePackages(
  folders: readonly string[],
  plan: TrainingPlan,
  out: string,
): Promise<void> {
  const loaded = await Promise.all(folders.map((folder) => loadPackage(folder)))
  const { name, createdAt, spec, preprocessing, classes, threshold, card } = loaded[0]!.manifest
  const described = { name, createdAt, spec, preprocessing, classes, threshold, card }
  await savePackage(out, described, meanWeights(loaded.map(({ weights }) => weights)))
  const quiet = { signal: new AbortController().signal, report: () => undefined }
  const films = await prepareFilms(plan, quiet)
  try {
    await testBest(out, films, card.epochs, quiet.report)
  } finally {
    await films.close()
  }
}
