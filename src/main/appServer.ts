/** Serves `appContract` to the window: over a port of its own, checked on the way in and on the way out. */
import { MessageChannelMain, type MessagePortMain, type WebFrameMain } from 'electron'
import { appContract } from '../shared/contracts/app.ts'
import { AppError, toAppError } from '../shared/errors.ts'
import type { Handlers, Job } from '../shared/rpc/contract.ts'
import type { Port } from '../shared/rpc/port.ts'
import { serve } from '../shared/rpc/serve.ts'
import type { Log } from './log.ts'
import { requireSmall } from './messageSize.ts'
import { withoutFolders } from './withoutFolders.ts'

export type AppHandlers = Handlers<typeof appContract>

/** Hands a frame a new port; answers how to close it. */
export function connectFrame(frame: WebFrameMain, handlers: AppHandlers, log: Log): () => void {
  const { port1, port2 } = new MessageChannelMain()
  serve(appContract, handlers, portOf(port1), {
    guard: requireSmall,
    onError: (name, cause) => log.failure(name, cause),
  })
  frame.postMessage('rpc:port', null, [port2])
  return () => port1.close()
}

/**
 * Handlers whose answers hold what the contract names and nothing more, and whose errors name files
 * without their folders: so a path cannot reach the window by mistake.
 */
export function withoutSecrets(handlers: AppHandlers): AppHandlers {
  const names = Object.keys(appContract) as (keyof AppHandlers)[]
  return Object.fromEntries(names.map((name) => [name, sealed(name, handlers)])) as AppHandlers
}

function sealed(name: keyof AppHandlers, handlers: AppHandlers) {
  const { output, progress } = appContract[name]
  const handler = handlers[name] as (input: unknown, job: Job<unknown>) => unknown
  return async (input: unknown, { signal, report }: Job<unknown>) => {
    try {
      const tell = (value: unknown) => report(progress.parse(value))
      return output.parse(await handler(input, { signal, report: tell }))
    } catch (cause) {
      const { code, message } = toAppError(cause)
      throw new AppError(code, withoutFolders(message), { cause })
    }
  }
}

function portOf(port: MessagePortMain): Port {
  let isOpen = true
  port.on('close', () => (isOpen = false))
  return {
    post: (message) => {
      if (isOpen) port.postMessage(message)
    },
    onMessage(listener) {
      port.on('message', ({ data }) => listener(data))
      port.start()
    },
    onClose: (listener) => void port.once('close', listener),
  }
}
