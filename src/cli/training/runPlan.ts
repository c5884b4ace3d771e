import { join, resolve } from 'node:path'
import type { TrainingPlan } from '../../shared/domain/training.ts'
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
  const result = await engine.train(plan, { signal, onProgress: reporter.report })
  reporter.finished(result)
  return failed + reporter.refused() === 0 ? DONE : SOME_FAILED
}

export const runFolder = ({ out, resume }: TrainOptions, network: string): string =>
  resolve(out ?? resume ?? join('runs', `${network}-${timestamp(new Date())}`))
