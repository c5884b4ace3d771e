/** How the command ends, for scripts. */
import { toAppError, type ErrorCode } from '../shared/errors.ts'
import { UsageError } from './usageError.ts'

export const DONE = 0
/** Done, but some inputs failed; each was reported. */
export const SOME_FAILED = 1
/** The call is wrong: usage, unknown preset, missing path, a file that is not what it should be. */
export const WRONG_CALL = 2
export const ENGINE_FAILED = 3
/** Ended by Ctrl+C with nothing to show for it, as shells count it: 128 + SIGINT. */
export const INTERRUPTED = 130

export type ExitStatus = 0 | 1 | 2 | 3 | 130

const wrongCalls: ReadonlySet<ErrorCode> = new Set([
  'BAD_INPUT',
  'BAD_MODEL',
  'CONFLICT',
  'LEAK',
  'NEWER_VERSION',
  'NOT_FOUND',
  'NOT_PERMITTED',
  'TOO_LARGE',
  'TRUNCATED',
  'UNSUPPORTED',
])

export function exitStatusOf(cause: unknown): ExitStatus {
  if (cause instanceof UsageError) return WRONG_CALL
  const { code } = toAppError(cause)
  if (code === 'CANCELLED') return INTERRUPTED
  return wrongCalls.has(code) ? WRONG_CALL : ENGINE_FAILED
}
