/** What a job says of itself while it runs and when it is done. */
import type { Dataset } from '../shared/domain/dataset.ts'
import type { Run } from '../shared/domain/run.ts'
import type { TrainingProgress } from '../shared/domain/training.ts'
import { assertNever } from '../shared/assertNever.ts'
import type { OriginalsFound } from '../workflows/checkOriginals.ts'
import type { SamplesProgress } from '../workflows/makeSamples.ts'
import type { JobProgress } from './jobs.ts'

const count = (n: number) => n.toLocaleString('en-US')
export const films = (n: number) => `${count(n)} ${n === 1 ? 'film' : 'films'}`
/** How far a scoring of films is. */
export const screened = ({ done, total }: { done: number; total: number }): JobProgress => ({
  progress: total === 0 ? 1 : done / total,
  detail: `${done} of ${films(total)}`,
})
const share = (done: number, total: number) => (total === 0 ? undefined : done / total)

/** Drawing synthetic films is a fifth of the work, reading them the rest. */
const drawingShare = 0.2

export function importProgress(progress: SamplesProgress, drawsFirst = false): JobProgress {
  switch (progress.kind) {
    case 'unpacking': {
      const { done, total } = progress
      return { detail: `Unpacking the archive: ${count(done)} of ${count(total)} files` }
    }
    case 'surveying':
      return { detail: `Looking through the folder: ${count(progress.filesSeen)} files` }
    case 'drawing': {
      const { done, total } = progress
      return {
        progress: drawingShare * (share(done, total) ?? 0),
        detail: `Drawing: ${count(done)} of ${films(total)}`,
      }
    }
    case 'reading': {
      const { done, total } = progress
      const part = share(done, total) ?? 0
      return {
        progress: drawsFirst ? drawingShare + (1 - drawingShare) * part : part,
        detail: `${count(done)} of ${films(total)}`,
      }
    }
    default:
      return assertNever(progress)
  }
}

export function imported({ images, refused, duplicates, classes }: Dataset): string {
  const parts = [films(images)]
  if (classes.length > 0) parts.push(`${classes.length} classes`)
  if (duplicates > 0) parts.push(`${count(duplicates)} duplicates`)
  if (refused > 0) parts.push(`${count(refused)} files refused`)
  return parts.join(', ')
}

export function originalsFound({ missing, changed }: OriginalsFound): string {
  if (missing + changed === 0) return 'All are what was imported'
  const parts = [missing > 0 && `${count(missing)} missing`, changed > 0 && `${count(changed)} changed`] // prettier-ignore
  return parts.filter(Boolean).join(', ')
}

/** Undefined for what moves nothing on. */
export function trainingProgress(progress: TrainingProgress): JobProgress | undefined {
  switch (progress.kind) {
    case 'preparing':
      return { detail: `Preparing: ${count(progress.done)} of ${films(progress.total)}` }
    case 'batch': {
      const { epoch, epochs, batch, batches, secondsLeft } = progress
      return {
        progress: Math.min(1, (epoch - 1 + batch / Math.max(1, batches)) / epochs),
        detail: `Epoch ${epoch} of ${epochs}`,
        secondsLeft,
      }
    }
    case 'testing':
      return {
        progress: 1,
        detail: `Testing: ${count(progress.done)} of ${films(progress.total)}`,
        secondsLeft: 0,
      }
    case 'prepared':
    case 'epoch':
      return undefined
    default:
      return assertNever(progress)
  }
}

export function trained({ status, epochs, bestEpoch, test }: Run): string {
  if (status === 'queued') return `Epoch ${epochs.length} reached; waits for the next round`
  const how = status === 'stopped' ? `Stopped in epoch ${epochs.length + 1}` : 'Complete'
  const best = bestEpoch === undefined ? '' : `, best epoch ${bestEpoch}`
  const accuracy = test ? `, test accuracy ${test.accuracy.toFixed(3)}` : ''
  return how + best + accuracy
}
