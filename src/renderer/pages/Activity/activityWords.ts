import { assertNever } from '../../../shared/assertNever.ts'
import type { EngineStatus } from '../../../shared/domain/status.ts'
import type { JobKind, JobSnapshot, JobState } from '../../../shared/domain/job.ts'
import type { AppInfo } from '../../../shared/domain/status.ts'
import type { Fact } from '../../components/fact.ts'
import { duration, megabytes, plural } from '../../format.ts'

export const jobKinds: Readonly<Record<JobKind, string>> = {
  import: 'Import',
  samples: 'Sample films',
  training: 'Training',
  screening: 'Screening',
  capsule: 'Capsule',
  evaluation: 'Evaluation',
  quality: 'Quality check',
  export: 'Export',
  originals: 'Originals',
}

export interface StateWord {
  readonly word: string
  readonly tone: 'plain' | 'accent' | 'good' | 'warning' | 'problem'
  /** What is behind it: how far, what came of it, why it failed. */
  readonly detail: string
}

export function describeState(state: JobState): StateWord {
  switch (state.kind) {
    case 'queued':
      return { word: 'Waiting', tone: 'plain', detail: 'Waiting for other work to end' }
    case 'running':
      return { word: 'Running', tone: 'accent', detail: state.detail }
    case 'done':
      return { word: 'Done', tone: 'good', detail: state.detail }
    case 'failed':
      return { word: 'Failed', tone: 'problem', detail: state.reason }
    case 'cancelled':
      return { word: 'Stopped', tone: 'plain', detail: 'Stopped by a person' }
    case 'interrupted':
      return { word: 'Interrupted', tone: 'warning', detail: 'The program ended while it ran' }
    default:
      return assertNever(state)
  }
}

/** How long it took; of a running job so far (`now` in ms since 1970). */
export function tookWords({ createdAt, endedAt, state }: JobSnapshot, now: number): string {
  const end = endedAt === undefined ? (state.kind === 'running' ? now : NaN) : Date.parse(endedAt)
  const seconds = (end - Date.parse(createdAt)) / 1000
  return Number.isFinite(seconds) ? duration(seconds) : '–'
}

/** What computes, in words. */
export function engineFacts(engine: EngineStatus): Fact[] {
  switch (engine.kind) {
    case 'starting':
      return [{ label: 'State', value: 'Starting' }]
    case 'restarting':
      return [
        { label: 'State', value: `Starting again, try ${engine.attempt}` },
        { label: 'Why', value: engine.reason },
      ]
    case 'stopped':
      return [
        { label: 'State', value: 'Stopped' },
        { label: 'Why', value: engine.reason },
      ]
    case 'ready': {
      const { tensorflow, tfjs, node, backend, device, threads, memoryBytes } = engine.info
      return [
        { label: 'State', value: 'Ready' },
        {
          label: 'Computes on',
          value: backendNames[backend],
        },
        { label: 'Device', value: device },
        { label: 'Threads', value: plural(threads, 'thread') },
        { label: 'Memory', value: `${megabytes(memoryBytes)} in this machine` },
        { label: 'TensorFlow', value: tensorflow },
        { label: 'TensorFlow.js', value: tfjs },
        { label: 'Node', value: node },
      ]
    }
    default:
      return assertNever(engine)
  }
}

const backendNames = {
  GPU: 'Graphics card (GPU)',
  CPU: 'Processor (CPU)',
  WASM: 'WebAssembly on the processor: screening and evaluation only',
}

export const aboutFacts = (info: AppInfo): Fact[] => [
  { label: 'Pneumoscope', value: info.version },
  { label: 'Library folder', value: info.libraryFolder },
  { label: 'System', value: info.platform },
  { label: 'Electron', value: info.electron },
  { label: 'Chromium', value: info.chromium },
  { label: 'Node', value: info.node },
  { label: 'Network', value: 'Never used: the program opens no connection.' },
]
