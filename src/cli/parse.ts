/** The words after the command, as a verb with its options. */
import * as util from 'node:util'
import { z } from 'zod'
import { UsageError } from './usageError.ts'
import type { Arguments, OptionSpec, OptionValue, Verb } from './verb.ts'

declare module 'node:util' {
  /** In Node since 16.17; the types of the floor's version lack it. */
  export function parseArgs(config: {
    args: readonly string[]
    options: Readonly<Record<string, { type: 'string' | 'boolean'; multiple?: boolean }>>
    allowPositionals: boolean
    strict: boolean
  }): { values: Record<string, OptionValue | undefined>; positionals: string[] }
}

/** Options that every verb takes. */
export const commonOptions: Readonly<Record<string, OptionSpec>> = {
  json: { type: 'boolean', help: 'one JSON object per line on standard output' },
  phi: { type: 'boolean', help: 'print patient data (names, ids, dates) where a file holds them' },
  help: { type: 'boolean', help: 'show this help' },
}

/** The options and operands of a verb. Throws UsageError for what the verb does not know. */
export function parseArguments(verb: Verb, words: readonly string[]): Arguments {
  const options = { ...commonOptions, ...verb.options }
  try {
    const { values, positionals } = util.parseArgs({
      args: words,
      options: Object.fromEntries(
        Object.entries(options).map(([name, { type, multiple }]) => [
          name,
          { type, multiple: multiple ?? false },
        ]),
      ),
      allowPositionals: true,
      strict: true,
    })
    return { values, positionals }
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : String(cause), { cause })
  }
}

/** The arguments by a schema of option values. Throws UsageError naming the option. */
export function read<T extends z.ZodType>(schema: T, { values }: Arguments): z.output<T> {
  const parsed = schema.safeParse(values)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const option = String(issue?.path[0])
  if (values[option] === undefined) throw new UsageError(`--${option} is missing`)
  throw new UsageError(`--${option} ${String(values[option])}: ${issue?.message ?? 'does not fit'}`)
}

/** A whole number of at least `minimum`, written as digits. */
export const wholeNumber = (minimum: number, maximum = 2 ** 31 - 1) =>
  z
    .string()
    .regex(/^\d{1,10}$/, 'a whole number is expected')
    .transform(Number)
    .refine((value) => value >= minimum && value <= maximum, {
      message: `a whole number from ${minimum} to ${maximum} is expected`,
    })

/** A share between two bounds, written as a decimal number. */
export const share = (minimum: number, maximum: number) =>
  z
    .string()
    .regex(/^\d*\.?\d+$/, 'a number is expected')
    .transform(Number)
    .refine((value) => value >= minimum && value <= maximum, {
      message: `a number from ${minimum} to ${maximum} is expected`,
    })

/** A number above 0, written as 0.001 or 1e-3. */
export const positive = (maximum: number) =>
  z
    .string()
    .regex(/^\d*\.?\d+(e[-+]?\d+)?$/i, 'a number is expected, such as 0.001')
    .transform(Number)
    .refine((value) => value > 0 && value <= maximum, {
      message: `a number above 0, at most ${maximum}, is expected`,
    })

/** The one operand. Throws UsageError saying what is expected when there is none, or more than one. */
export function oneOperand({ positionals }: Arguments, expected: string): string {
  const [operand, ...rest] = positionals
  if (operand === undefined || rest.length > 0) throw new UsageError(expected)
  return operand
}

/** No operands, or a UsageError that names the first. */
export function refuseOperands({ positionals }: Arguments): void {
  if (positionals.length > 0) throw new UsageError(`What is «${positionals.join(' ')}»?`)
}
