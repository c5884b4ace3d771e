import { join, resolve } from 'node:path'
import type { TrainingPlan } from '../../shared/domain/training.ts'
import { leakWords } from '../../shared/split/words.ts'
import { DONE, SOME_FAILED, type ExitStatus } from '../exitStatus.ts'
import { timestamp } from '../paths.ts'
import type { ShownPath } from '../shownPath.ts'
import type { Context } from '../verb.ts'
import type { TrainOptions } from './options.ts'
import { trainingReporter } from './reporter.ts'

interface Before {
  /** Inputs that failed and were reported already. */
  readonly failed: number
  readonly shown: ShownPath
}

/** Runs a plan in this process and reports it. */
export async function runPlan(
  plan: TrainingPlan,
  { failed, shown }: Before,
  { output, engine, signal }: Context,
): Promise<ExitStatus> {
  const reporter = trainingReporter(output, shown)
  output.note(`Training in ${plan.folder}`)
  if (plan.leak) output.note(leakWords(plan.leak))
  const result = await engine.train(plan, { signal, onProgress: reporter.report })
  reporter.finished({ ...result, leak: plan.leak })
  return failed + reporter.refused() === 0 ? DONE : SOME_FAILED
}

export const runFolder = ({ out, resume }: TrainOptions, network: string): string =>
  resolve(out ?? resume ?? join('runs', `${asFolderName(network)}-${timestamp(new Date())}`))

/** `C: 16n 16n d¼ D: 16R` → `C-16n-16n-d¼-D-16R`: no character that some system keeps for itself. */
const asFolderName = (name: string): string =>
  name
    .replace(/[^\p{L}\p{N}._]+/gu, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60)
