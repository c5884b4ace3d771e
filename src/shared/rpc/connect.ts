import { AppError } from '../errors.ts'
import type { CallOptions, Client, Contract } from './contract.ts'
import type { Reply } from './messages.ts'
import type { Port } from './port.ts'

interface Pending {
  readonly resolve: (value: unknown) => void
  readonly reject: (error: AppError) => void
  readonly onProgress: ((value: never) => void) | undefined
}

const disconnected = () => new AppError('DISCONNECTED', 'The other process ended')

/** A typed client: one method per procedure of `contract`. It refuses calls after its port closed. */
export function connect<C extends Contract>(contract: C, port: Port): Client<C> {
  const pending = new Map<number, Pending>()
  let lastId = 0
  let closed = false

  function call(name: string, input: unknown, { signal, onProgress }: CallOptions<never> = {}) {
    if (closed) return Promise.reject(disconnected())
    if (signal?.aborted) return Promise.reject(new AppError('CANCELLED', 'Cancelled'))
    const id = ++lastId
    const cancel = () => port.post({ type: 'cancel', id })
    const answer = new Promise((resolve, reject) =>
      pending.set(id, { resolve, reject, onProgress }),
    )
    signal?.addEventListener('abort', cancel, { once: true })
    try {
      port.post({ type: 'call', id, name, input })
    } catch (cause) {
      // A value that cannot be cloned never leaves; without this the caller would wait for ever.
      pending.get(id)?.reject(new AppError('BAD_INPUT', `${name}: cannot be sent`, { cause }))
    }
    return answer.finally(() => {
      pending.delete(id)
      signal?.removeEventListener('abort', cancel)
    })
  }

  port.onMessage((message) => {
    const reply = message as Reply
    const caller = pending.get(reply.id)
    if (!caller) return
    if (reply.type === 'progress') caller.onProgress?.(reply.value as never)
    else if (reply.type === 'result') caller.resolve(reply.value)
    else caller.reject(new AppError(reply.code, reply.message))
  })

  port.onClose(() => {
    closed = true
    pending.forEach(({ reject }) => reject(disconnected()))
  })

  const methods = Object.keys(contract).map((name) => [
    name,
    (input: unknown, options?: CallOptions<never>) => call(name, input, options),
  ])
  return Object.fromEntries(methods) as Client<C>
}
