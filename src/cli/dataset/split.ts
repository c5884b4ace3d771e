/** A data set's split: shown, mended, or made anew. */
import { SplitPlan } from '../../shared/domain/split.ts'
import { overlapsInWords } from '../../shared/split/words.ts'
import type { StoredDataset } from '../../store/dataset.ts'
import { examineSplit } from '../../workflows/splitDoctor/examine.ts'
import { mendSplit } from '../../workflows/splitDoctor/mend.ts'
import { applySplit, previewSplit } from '../../workflows/splitDoctor/plan.ts'
import { DONE, type ExitStatus } from '../exitStatus.ts'
import { grouped } from '../table.ts'
import { describeReport, type DatasetPlace } from './show.ts'

interface Options {
  readonly 'val-split'?: number | undefined
  readonly 'test-split'?: number | undefined
  readonly seed?: number | undefined
  readonly folds?: number | undefined
  readonly 'by-image': boolean
  readonly mend: boolean
  readonly apply: boolean
}

export async function splitDataset(
  place: DatasetPlace,
  dataset: StoredDataset,
  options: Options,
): Promise<ExitStatus> {
  const { library, output } = place
  const { id, name } = dataset
  if (options.mend) {
    const { changed } = mendSplit(library, id)
    const report = examineSplit(library, id)
    output.record({ dataset: name, moved: changed, split: report })
    output.print(`${grouped(changed)} films moved\n\n${describeReport(report)}`)
    return DONE
  }
  const order = { datasetId: id, plan: planOf(options) }
  const { report, folds, classes, byImage } = await previewSplit(library, order)
  const moved = options.apply ? (await applySplit(library, order)).changed : undefined
  output.record({
    ...{ dataset: name, plan: order.plan, split: report, byImage },
    ...(folds.length > 0 && { folds, classes }),
    ...(moved !== undefined && { moved }),
  })
  output.print(describeReport(report))
  folds.forEach((films, fold) =>
    output.print(
      `fold ${fold + 1}/${folds.length}   ${films.map((count, at) => `${grouped(count)} ${classes[at] ?? ''}`).join(', ')}`,
    ),
  )
  output.print(
    byImage.length === 0
      ? 'A split by image would leak nothing'
      : `A split by image would leak: ${overlapsInWords(byImage)}`,
  )
  output.print(
    moved === undefined
      ? '\n--apply writes it into the library'
      : `\n${grouped(moved)} films moved`,
  )
  return DONE
}

const planOf = (options: Options): SplitPlan =>
  SplitPlan.parse({
    by: options['by-image'] ? 'image' : 'patient',
    validation: options['val-split'],
    test: options['test-split'],
    seed: options.seed,
    folds: options.folds,
  })
