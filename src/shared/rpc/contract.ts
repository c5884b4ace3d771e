/** Names, argument and result shapes of every procedure that one process offers another. */
import { z } from 'zod'

interface Procedure {
  readonly input: z.ZodType
  readonly output: z.ZodType
  /** What the procedure reports while it runs. */
  readonly progress: z.ZodType
}

export type Contract = Readonly<Record<string, Procedure>>

/** Declares a procedure; without `progress` it only answers. */
export function procedure<
  I extends z.ZodType,
  O extends z.ZodType,
  P extends z.ZodType = z.ZodNever,
>(shape: { input: I; output: O; progress?: P }): { input: I; output: O; progress: P } {
  return { progress: z.never() as unknown as P, ...shape }
}

/** What everything long is given: how to know that it should stop, and whom to tell. */
export interface Job<Progress> {
  readonly signal: AbortSignal
  readonly report: (progress: Progress) => void
}

export interface CallOptions<Progress> {
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: Progress) => void
}

type Awaitable<T> = T | Promise<T>

export type Handlers<C extends Contract> = {
  readonly [Name in keyof C]: (
    input: z.output<C[Name]['input']>,
    job: Job<z.input<C[Name]['progress']>>,
  ) => Awaitable<z.input<C[Name]['output']>>
}

type Arguments<Input, Progress> = undefined extends Input
  ? [input?: Input, options?: CallOptions<Progress>]
  : [input: Input, options?: CallOptions<Progress>]

export type Client<C extends Contract> = {
  readonly [Name in keyof C]: (
    ...args: Arguments<z.input<C[Name]['input']>, z.output<C[Name]['progress']>>
  ) => Promise<z.output<C[Name]['output']>>
}
