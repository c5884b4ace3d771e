/** What lies in the folder of a training. */
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { exists, writeFileAtomically } from '../../files/atomicWrite.ts'
import { recoverFolder } from '../../files/commitFolder.ts'
import { discard } from '../../files/discard.ts'
import { describeFileError } from '../../files/fileError.ts'
import type { Part } from '../../shared/domain/part.ts'
import { TrainingResult, type TrainingPlan } from '../../shared/domain/training.ts'
import { AppError } from '../../shared/errors.ts'
import { saveSplit } from './splitFile.ts'

export interface RunFolder {
  readonly root: string
  /** The model package of the best epoch so far. */
  readonly best: string
  /** Where the training stands; removed when it is complete. */
  readonly checkpoint: string
  /** Network and settings, to repeat the training or go on with it. */
  readonly plan: string
  /** Which film stood in which part, by path from the folder that all films lie in. */
  readonly split: string
  /** What came out, once it is complete. */
  readonly result: string
}

/** Makes the folder, or mends what a kill left in it. Throws CONFLICT when another training lies there. */
export async function openRunFolder({ folder, resume }: TrainingPlan): Promise<RunFolder> {
  const files: RunFolder = {
    root: folder,
    best: join(folder, 'best'),
    checkpoint: join(folder, 'checkpoint.bin'),
    plan: join(folder, 'plan.json'),
    split: join(folder, 'split.json'),
    result: join(folder, 'result.json'),
  }
  try {
    await mkdir(folder, { recursive: true })
    await recoverFolder(files.best)
  } catch (cause) {
    throw describeFileError(cause, folder, 'made')
  }
  if (!resume && ((await exists(files.best)) || (await exists(files.checkpoint)))) {
    throw new AppError(
      'CONFLICT',
      `${folder} holds a training already; go on with it, or choose another folder`,
    )
  }
  return files
}

export async function writePlan(
  folder: RunFolder,
  { spec, settings, classes, trainedOn }: TrainingPlan,
  films: readonly { path: string; label: number; patient: string; part: Part }[],
): Promise<void> {
  const plan = { spec, settings, classes, trainedOn }
  await writeFileAtomically(folder.plan, `${JSON.stringify(plan, undefined, 2)}\n`)
  await saveSplit(folder.split, films, { classes, settings })
}

/** Keeps the result; a training that a person stopped may go on later, so its checkpoint stays. */
export async function saveResult(folder: RunFolder, result: TrainingResult): Promise<void> {
  if (result.ended === 'stopped') return
  await writeFileAtomically(folder.result, `${JSON.stringify(result, undefined, 2)}\n`)
  // The training is complete, whatever becomes of what it could have gone on from.
  await discard(folder.checkpoint)
}

/** The result of a training that is complete; undefined while it is not. */
export async function finishedResult(folder: RunFolder): Promise<TrainingResult | undefined> {
  const text = await readFile(folder.result, 'utf8').catch(() => undefined)
  if (text === undefined || !(await exists(folder.best))) return undefined
  const result = TrainingResult.safeParse(JSON.parse(text))
  // The folder may have been moved since.
  return result.success ? { ...result.data, modelFolder: folder.best } : undefined
}
