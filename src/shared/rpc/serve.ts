import { z } from 'zod'
import { AppError, toAppError } from '../errors.ts'
import type { Contract, Handlers } from './contract.ts'
import { Request, type Reply } from './messages.ts'
import type { Port } from './port.ts'

const cancelled = new AppError('CANCELLED', 'Cancelled')

export interface ServeOptions {
  /** Refuses a message before it is parsed, by throwing; a server of untrusted clients caps sizes here. */
  readonly guard?: (message: unknown) => void
  /** Told of every failure of a handler, before the client is. */
  readonly onError?: (name: string, cause: unknown) => void
}

/** Answers calls that arrive on `port`. Every input is parsed before a handler sees it. */
export function serve<C extends Contract>(
  contract: C,
  handlers: Handlers<C>,
  port: Port,
  { guard, onError }: ServeOptions = {},
): void {
  const running = new Map<number, AbortController>()
  const reply = (message: Reply) => port.post(message)

  async function answer({ id, name, input }: Extract<Request, { type: 'call' }>) {
    const controller = new AbortController()
    running.set(id, controller)
    try {
      const procedure = Object.hasOwn(contract, name) ? contract[name] : undefined
      const handler = handlers[name]
      if (!procedure || !handler) throw new AppError('NOT_FOUND', `No procedure '${name}'`)
      const parsed = procedure.input.safeParse(input)
      if (!parsed.success) {
        throw new AppError('BAD_INPUT', `${name}: ${z.prettifyError(parsed.error)}`)
      }
      const job = {
        signal: controller.signal,
        report: (value: unknown) => reply({ type: 'progress', id, value }),
      }
      reply({ type: 'result', id, value: await handler(parsed.data as never, job) })
    } catch (cause) {
      const error = controller.signal.aborted ? cancelled : toAppError(cause)
      if (error.code !== 'CANCELLED') onError?.(name, cause)
      reply({ type: 'error', id, code: error.code, message: error.message })
    } finally {
      running.delete(id)
    }
  }

  port.onMessage((message) => {
    try {
      guard?.(message)
    } catch (cause) {
      onError?.('guard', cause)
      const id = z.object({ id: z.int() }).safeParse(message)
      const { code, message: words } = toAppError(cause)
      if (id.success) reply({ type: 'error', id: id.data.id, code, message: words })
      return
    }
    const request = Request.safeParse(message)
    if (!request.success) {
      onError?.('request', new AppError('BAD_INPUT', z.prettifyError(request.error)))
    } else if (request.data.type === 'cancel') running.get(request.data.id)?.abort()
    else void answer(request.data)
  })
  port.onClose(() => running.forEach((controller) => controller.abort()))
}
