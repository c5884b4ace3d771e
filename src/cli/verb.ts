/** What every verb of the command line is, and what it is given. */
import type { engineContract } from '../shared/contracts/engine.ts'
import type { Client } from '../shared/rpc/contract.ts'
import type { ExitStatus } from './exitStatus.ts'
import type { Output } from './output.ts'

export interface OptionSpec {
  readonly type: 'string' | 'boolean'
  /** What the value is, in capitals, for the usage: `DIR`. */
  readonly value?: string
  /** May be given several times; its value is then a list. */
  readonly multiple?: true
  readonly help: string
}

export type OptionValue = string | boolean | (string | boolean)[]

export interface Arguments {
  /** By long name without the dashes; what was left out is undefined. */
  readonly values: Readonly<Record<string, OptionValue | undefined>>
  readonly positionals: readonly string[]
}

export interface Context {
  readonly output: Output
  /** The engine in this process; TensorFlow is loaded when it is first asked for. */
  readonly engine: Client<typeof engineContract>
  /** Aborted by Ctrl+C. */
  readonly signal: AbortSignal
}

export interface Verb {
  readonly name: string
  /** What follows the name in the usage line. */
  readonly usage: string
  readonly summary: string
  readonly options: Readonly<Record<string, OptionSpec>>
  readonly run: (args: Arguments, context: Context) => Promise<ExitStatus>
}
