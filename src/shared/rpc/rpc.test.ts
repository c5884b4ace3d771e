import { setTimeout as sleep } from 'node:timers/promises'
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { afterEach, expect, test } from 'vitest'
import { z } from 'zod'
import { AppError, throwIfCancelled } from '../errors.ts'
import { connect } from './connect.ts'
import { procedure } from './contract.ts'
import type { Port } from './port.ts'
import { serve } from './serve.ts'

const contract = {
  count: procedure({
    input: z.object({ to: z.int().positive() }),
    progress: z.int(),
    output: z.object({ reached: z.int() }),
  }),
  version: procedure({ input: z.void(), output: z.string() }),
}

const closers: (() => void)[] = []
afterEach(() => closers.splice(0).forEach((close) => close()))

const adapt = (port: MessagePort): Port => ({
  post: (message) => port.postMessage(message),
  onMessage: (listener) => void port.on('message', listener),
  onClose: (listener) => void port.on('close', listener),
})

function start(guard?: (message: unknown) => void) {
  const { port1, port2 } = new MessageChannel()
  closers.push(() => port1.close())
  serve(
    contract,
    {
      async count({ to }, { signal, report }) {
        for (let n = 1; n <= to; n++) {
          throwIfCancelled(signal)
          await sleep(1)
          report(n)
        }
        return { reached: to }
      },
      version: () => '1',
    },
    adapt(port1),
    guard ? { guard } : {},
  )
  return { client: connect(contract, adapt(port2)), port: port2, close: () => port1.close() }
}

test('a call reports its progress in order and then resolves', async () => {
  const { client } = start()
  const seen: number[] = []
  const result = await client.count({ to: 3 }, { onProgress: (n) => seen.push(n) })
  expect(seen).toEqual([1, 2, 3])
  expect(result).toEqual({ reached: 3 })
})

test('a cancelled call rejects with CANCELLED and the server stops working', async () => {
  const { client } = start()
  const controller = new AbortController()
  const counting = client.count(
    { to: 10_000 },
    { signal: controller.signal, onProgress: () => controller.abort() },
  )
  await expect(counting).rejects.toMatchObject({ name: 'AppError', code: 'CANCELLED' })
})

test('an input that does not fit its schema never reaches a handler', async () => {
  const { client } = start()
  await expect(client.count({ to: 0 })).rejects.toMatchObject({ code: 'BAD_INPUT' })
  await expect(client.version()).resolves.toBe('1')
})

test('a closed port rejects what is pending and refuses what comes after', async () => {
  const { client, close } = start()
  const counting = client.count({ to: 10_000 }, { onProgress: close })
  await expect(counting).rejects.toMatchObject({ code: 'DISCONNECTED' })
  await expect(client.version()).rejects.toMatchObject({ code: 'DISCONNECTED' })
})

test('an already aborted signal never reaches the server', async () => {
  const { client } = start()
  const signal = AbortSignal.abort()
  await expect(client.count({ to: 1 }, { signal })).rejects.toMatchObject({ code: 'CANCELLED' })
})

test('a value that cannot be cloned is refused at once instead of waiting for ever', async () => {
  const { client } = start()
  const hostile = { to: 1, callback: () => 1 }
  await expect(client.count(hostile)).rejects.toMatchObject({ code: 'BAD_INPUT' })
})

test('messages of the wrong shape and names of Object.prototype change nothing', async () => {
  const { client, port } = start()
  for (const junk of [null, 7, 'x', {}, { type: 'call' }, { type: 'cancel', id: 'no' }]) {
    port.postMessage(junk)
  }
  const answered = new Map<number, string>()
  port.on('message', ({ id, code }: { id: number; code?: string }) => answered.set(id, code ?? ''))
  for (const [at, name] of ['constructor', '__proto__', 'toString'].entries()) {
    port.postMessage({ type: 'call', id: 97 + at, name, input: {} })
  }
  await expect(client.version()).resolves.toBe('1')
  await expect.poll(() => [97, 98, 99].map((id) => answered.get(id))).toEqual(Array(3).fill('NOT_FOUND')) // prettier-ignore
})

test('what the guard refuses is answered with its reason', async () => {
  const { client } = start((message) => {
    if (JSON.stringify(message).length > 100) throw new AppError('TOO_LARGE', 'over 100 bytes')
  })
  const padded = { to: 1, padding: 'x'.repeat(200) }
  await expect(client.count(padded)).rejects.toMatchObject({ code: 'TOO_LARGE' })
  await expect(client.version()).resolves.toBe('1')
})
