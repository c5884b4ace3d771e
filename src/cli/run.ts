/** One call of the command, from its words to its exit status. */
import type { engineContract } from '../shared/contracts/engine.ts'
import { toAppError } from '../shared/errors.ts'
import type { Client } from '../shared/rpc/contract.ts'
import { DONE, ENGINE_FAILED, exitStatusOf, WRONG_CALL, type ExitStatus } from './exitStatus.ts'
import { createOutput, type Sink } from './output.ts'
import { parseArguments } from './parse.ts'
import { overview, usageLine, verbHelp } from './usage.ts'
import { UsageError } from './usageError.ts'
import type { Verb } from './verb.ts'
import { programVersion } from '../engine/version.ts'
import { verbs } from './verbs.ts'

/** What it is called by in usage lines. */
const program = 'pneumoscope'

export interface Surroundings {
  readonly stdout: Sink
  readonly stderr: Sink
  readonly engine: Client<typeof engineContract>
  readonly signal: AbortSignal
}

/** Runs the verb that `words` name. Never throws: what fails is said on standard error. */
export async function run(
  words: readonly string[],
  surroundings: Surroundings,
): Promise<ExitStatus> {
  const [name, ...rest] = words
  const { stdout, stderr } = surroundings
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    const asked = name !== undefined
    ;(asked ? stdout : stderr).write(`${overview(program, verbs)}\n`)
    return asked ? DONE : WRONG_CALL
  }
  if (name === '--version') {
    stdout.write(`${programVersion()}\n`)
    return DONE
  }
  const verb = verbs.find((candidate) => candidate.name === name)
  if (verb) return runVerb(verb, rest, surroundings)
  stderr.write(`There is no verb «${name}».\n\n${overview(program, verbs)}\n`)
  return WRONG_CALL
}

async function runVerb(
  verb: Verb,
  words: readonly string[],
  { stdout, stderr, engine, signal }: Surroundings,
): Promise<ExitStatus> {
  const output = createOutput(words.includes('--json'), stdout, stderr)
  try {
    const args = parseArguments(verb, words)
    if (args.values['help'] === true) {
      stdout.write(`${verbHelp(program, verb)}\n`)
      return DONE
    }
    return await verb.run(args, { output, engine, signal })
  } catch (cause) {
    const status = exitStatusOf(cause)
    const { code, message } = toAppError(cause)
    if (cause instanceof UsageError) {
      const excerpt = cause.excerpt === undefined ? '' : `\n${cause.excerpt}`
      output.note(`${message}${excerpt}\n${usageLine(program, verb)}`)
      output.record({ error: { code: 'BAD_INPUT', message, ...cause.place } })
      return status
    }
    output.note(message)
    output.record({ error: { code, message } })
    if (status === ENGINE_FAILED && cause instanceof Error && code === 'INTERNAL') {
      output.note(cause.stack ?? '')
    }
    return status
  } finally {
    output.clear()
  }
}
