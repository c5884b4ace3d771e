/** The engine in this process, behind the same interface as across a process boundary. */
import { z } from 'zod'
import type { CallOptions, Client, Contract, Handlers, Job } from '../shared/rpc/contract.ts'
import { AppError } from '../shared/errors.ts'

type AnyHandler = (input: unknown, job: Job<unknown>) => unknown

/** A client whose calls go straight to `handlers`; inputs are parsed as a server would. */
export function localClient<C extends Contract>(contract: C, handlers: Handlers<C>): Client<C> {
  const methods = Object.entries(contract).map(([name, procedure]) => {
    const handler = handlers[name] as AnyHandler
    const call = async (input: unknown, { signal, onProgress }: CallOptions<never> = {}) => {
      const parsed = procedure.input.safeParse(input)
      if (!parsed.success) {
        throw new AppError('BAD_INPUT', `${name}: ${z.prettifyError(parsed.error)}`)
      }
      return await handler(parsed.data, {
        signal: signal ?? new AbortController().signal,
        report: (value) => onProgress?.(value as never),
      })
    }
    return [name, call]
  })
  return Object.fromEntries(methods) as Client<C>
}
