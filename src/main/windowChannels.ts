/** The two channels that the preload script may use, and nothing else listens. */
import { z } from 'zod'
import { connectFrame, type AppHandlers } from './appServer.ts'
import { answerChannel, takeChannel } from './ipc.ts'
import type { Log } from './log.ts'
import type { Sources } from './sources.ts'

const DroppedPaths = z.array(z.string().min(1).max(4096)).min(1).max(10_000)

/** A page that asks for ports without end must not fill main with them. */
const mostPorts = 8

export function serveWindow(handlers: AppHandlers, sources: Sources, log: Log): void {
  // A page that is left or loaded again closes its ports, and with them all that it had asked for.
  const closers: (() => void)[] = []
  takeChannel('rpc:connect', z.undefined(), log, (_, frame) => {
    if (closers.length === mostPorts) closers.shift()?.()
    closers.push(connectFrame(frame, handlers, log))
  })
  answerChannel('source:dropped', DroppedPaths, log, (paths) => sources.add(paths))
}
