/** The two channels that the preload script may use, and nothing else listens. */
import { z } from 'zod'
import { connectFrame, type AppHandlers } from './appServer.ts'
import { answerChannel, takeChannel } from './ipc.ts'
import type { Log } from './log.ts'
import type { Sources } from './sources.ts'

const DroppedPaths = z.array(z.string().min(1).max(4096)).min(1).max(10_000)

export function serveWindow(handlers: AppHandlers, sources: Sources, log: Log): void {
  let disconnect: (() => void) | undefined
  takeChannel('rpc:connect', z.undefined(), log, (_, frame) => {
    // A page that loads again asks again; what the one before had asked for is cancelled.
    disconnect?.()
    disconnect = connectFrame(frame, handlers, log)
  })
  answerChannel('source:dropped', DroppedPaths, log, (paths) => sources.add(paths))
}
