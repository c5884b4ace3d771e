/** Two processes of the same engine: `desk` answers a person at once, `work` takes what is long. */
import type { EngineStatus } from '../shared/domain/status.ts'
import type { Client } from '../shared/rpc/contract.ts'
import type { engineContract } from '../shared/contracts/engine.ts'
import { startEngine, type EngineProcess } from './engineProcess.ts'
import type { Log } from './log.ts'

export interface Engines {
  /** Films on screen, single scores, surveys, summaries. */
  readonly desk: Client<typeof engineContract>
  /** Imports, trainings, screenings, generated films. */
  readonly work: Client<typeof engineContract>
  /** Of both as one: the worse of the two. */
  status(): EngineStatus
  restart(): void
  stop(): void
}

export function startEngines(script: string, log: Log, onStatus: () => void): Engines {
  const desk = startEngine({ name: 'desk', script, log, onStatus })
  // Loading TensorFlow fills a processor, so the one that a person waits for goes first.
  const after = desk.client.describe()
  const work = startEngine({ name: 'work', script, log, onStatus, after })
  const both: readonly EngineProcess[] = [desk, work]
  return {
    desk: desk.client,
    work: work.client,
    status: () => worse(both.map((engine) => engine.status())),
    restart: () => both.forEach((engine) => engine.restart()),
    stop: () => both.forEach((engine) => engine.stop()),
  }
}

const order: readonly EngineStatus['kind'][] = ['stopped', 'restarting', 'starting', 'ready']

function worse(statuses: readonly EngineStatus[]): EngineStatus {
  const found = order.flatMap((kind) => statuses.filter((status) => status.kind === kind))
  return found[0] ?? { kind: 'starting' }
}
