/** One engine process: started, listened to, started again after a crash. */
import type { UtilityProcess } from 'electron'
import { engineContract } from '../shared/contracts/engine.ts'
import type { EngineStatus } from '../shared/domain/status.ts'
import { AppError, toAppError } from '../shared/errors.ts'
import { connect } from '../shared/rpc/connect.ts'
import type { CallOptions, Client } from '../shared/rpc/contract.ts'
import { endAtOnce, exitCodeOf, forkEngine, isIdle, portOf } from './engineChild.ts'
import { describeExit } from './engineExit.ts'
import type { Log } from './log.ts'
import { watchPulse } from './pulse.ts'

type EngineClient = Client<typeof engineContract>

export interface EngineProcess {
  /** Stays the same over restarts; what is pending when the process ends is rejected with DISCONNECTED. */
  readonly client: EngineClient
  status(): EngineStatus
  /** Ends what runs and starts anew, also after it was given up. */
  restart(): void
  /** For good. */
  stop(): void
}

export interface EngineOptions {
  readonly name: string
  /** The built engine. */
  readonly script: string
  readonly log: Log
  readonly onStatus: () => void
  /** What to wait for before the first start. */
  readonly after?: Promise<unknown>
}

/** Pauses before the first, second and third try in a row; with the start they stay within five seconds. */
const pausesMs = [100, 1000, 2500]
const startLimitMs = 60_000

export function startEngine(options: EngineOptions): EngineProcess {
  const { name, script, log, onStatus, after = Promise.resolve() } = options
  let status: EngineStatus = { kind: 'starting' }
  let child: UtilityProcess | undefined
  let connection = later<EngineClient>()
  let attempt = 0
  let pause: NodeJS.Timeout | undefined
  let isWanted = true

  function tell(next: EngineStatus) {
    status = next
    onStatus()
  }
  function start() {
    const started = forkEngine(name, script, log)
    const { port, closed } = portOf(started)
    const client = connect(engineContract, port)
    const limit = setTimeout(() => endAtOnce(started), startLimitMs)
    let hung: string | undefined
    let stopWatching: () => void = () => undefined
    const onLost = () => {
      hung = 'it neither answered nor worked any more'
      endAtOnce(started)
    }
    child = started
    void exitCodeOf(started, name).then((code) => {
      clearTimeout(limit)
      stopWatching()
      // First how it ended, so that the calls that are rejected next can say it.
      if (child === started) ended(hung ?? describeExit(code))
      closed()
    })
    connection.resolve(client)
    client.describe().then(
      (info) => {
        clearTimeout(limit)
        attempt = 0
        stopWatching = watchPulse({
          ask: () => client.describe(),
          isIdle: () => isIdle(started),
          onLost,
        })
        tell({ kind: 'ready', info })
      },
      // When it ended, the exit is told of; when it cannot describe itself, it is no use.
      (cause: unknown) => {
        log.failure(`${name} cannot describe itself`, cause)
        if (toAppError(cause).code !== 'DISCONNECTED') endAtOnce(started)
      },
    )
  }
  function ended(how: string) {
    child = undefined
    log.line('main', `${name} ended: ${how}`)
    if (!isWanted) return
    connection = later()
    const wait = pausesMs[attempt]
    if (wait === undefined) {
      const reason = `The engine ended ${pausesMs.length + 1} times in a row (${how}). Start it again, or restart the program.`
      connection.reject(new AppError('ENGINE_FAILED', reason))
      tell({ kind: 'stopped', reason })
      return
    }
    attempt++
    tell({ kind: 'restarting', reason: `The engine ended unexpectedly (${how})`, attempt })
    pause = setTimeout(start, wait)
  }
  function end() {
    clearTimeout(pause)
    const last = child
    child = undefined
    if (last) endAtOnce(last)
  }
  const begin = () => {
    if (isWanted && !child) start()
  }
  void after.then(begin, begin)
  return {
    client: forwarding(async (call) => {
      try {
        return await call(await connection.promise)
      } catch (cause) {
        throw inWords(cause, status)
      }
    }),
    status: () => status,
    restart() {
      end()
      attempt = 0
      connection = later()
      tell({ kind: 'starting' })
      start()
    },
    stop() {
      isWanted = false
      end()
    },
  }
}

type Method = (input: unknown, options?: CallOptions<never>) => Promise<unknown>
type Call = (client: EngineClient) => Promise<unknown>

/** A client that asks for the connection of the moment at each call. */
function forwarding(run: (call: Call) => Promise<unknown>): EngineClient {
  const methods = Object.keys(engineContract).map((procedure) => [
    procedure,
    (input: unknown, options?: CallOptions<never>) =>
      run((client) => (client[procedure as keyof EngineClient] as Method)(input, options)),
  ])
  return Object.fromEntries(methods) as EngineClient
}

function inWords(cause: unknown, status: EngineStatus): unknown {
  if (!(cause instanceof AppError) || cause.code !== 'DISCONNECTED') return cause
  const words =
    status.kind === 'restarting'
      ? `${status.reason}; the program starts it again.`
      : status.kind === 'stopped'
        ? status.reason
        : 'The engine was ended; start this again.'
  return new AppError('DISCONNECTED', words, { cause })
}

function later<T>() {
  let resolve!: (value: T) => void
  let reject!: (cause: AppError) => void
  const promise = new Promise<T>((keep, refuse) => {
    resolve = keep
    reject = refuse
  })
  // Nobody may be waiting when it is given up; each call reads the refusal for itself.
  promise.catch(() => undefined)
  return { promise, resolve, reject }
}
