import { constants } from 'node:os'

/** Signals that end a process from outside or by a crash; the system reports them as its exit code. */
const deadly = ['SIGILL', 'SIGABRT', 'SIGBUS', 'SIGFPE', 'SIGKILL', 'SIGSEGV', 'SIGTERM'] as const

/** How a process ended, in words: «signal SIGKILL», «exit code 3». */
export function describeExit(code: number): string {
  // A shell adds 128; Chromium does not.
  const number = code > 128 ? code - 128 : code
  const signal = deadly.find((name) => constants.signals[name] === number)
  if (signal === undefined) return `exit code ${code}`
  return signal === 'SIGKILL' ? 'signal SIGKILL, as when memory runs out' : `signal ${signal}`
}
