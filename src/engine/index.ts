/** The engine's process: it answers on the port that its parent gave it. */
import { z } from 'zod'
import { engineContract } from '../shared/contracts/engine.ts'
import { toAppError } from '../shared/errors.ts'
import type { Port } from '../shared/rpc/port.ts'
import { serve } from '../shared/rpc/serve.ts'
import { engineHandlers } from './handlers.ts'

/** The part of Electron's `process.parentPort` that is used; the engine knows no Electron. */
interface ParentPort {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown
}

const isFunction = z.custom<() => void>((value) => typeof value === 'function')
const Shape = z.object({ postMessage: isFunction, on: isFunction })
const Host = z.object({
  parentPort: z.custom<ParentPort>(
    (value) => Shape.safeParse(value).success,
    'The engine runs only as a utility process of the app',
  ),
})

const { parentPort } = Host.parse(process)

const port: Port = {
  post: (message) => parentPort.postMessage(message),
  onMessage: (listener) => void parentPort.on('message', ({ data }) => listener(data)),
  // The process ends with its parent, so there is no close to tell of.
  onClose: () => undefined,
}

serve(engineContract, engineHandlers(), port, {
  onError: (name, cause) => {
    // Words may name a film, and this stream becomes a log: the code and our own lines are enough.
    const frames = cause instanceof Error ? (cause.stack?.match(/^ +at .+$/gm) ?? []) : []
    process.stderr.write(
      [`${name}: ${toAppError(cause).code}`, ...frames.slice(0, 6), ''].join('\n'),
    )
  },
})
