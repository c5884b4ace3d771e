/** A program that is killed at some moment, for the tests of what is left then. */
import { spawn } from 'node:child_process'

export interface Ended {
  readonly killed: boolean
  /** Lines that were written whole. */
  readonly said: readonly string[]
}

interface Moment {
  /** Milliseconds from its first line to the kill; `Infinity` for none. */
  readonly afterMs: number
  /** Where it keeps prepared films. */
  readonly cache: string
}

/** Runs a built program to its end, which may be a kill; rejects when it fails by itself. */
export function runProgram(
  script: string,
  args: readonly string[],
  { afterMs, cache }: Moment,
): Promise<Ended> {
  const child = spawn(process.execPath, [script, ...args], {
    env: { ...process.env, PNEUMOSCOPE_CACHE: cache, TF_CPP_MIN_LOG_LEVEL: '2' },
  })
  let said = ''
  let errors = ''
  child.stdout.on('data', (chunk: Buffer) => {
    if (said === '' && afterMs < Infinity) setTimeout(() => child.kill('SIGKILL'), afterMs)
    said += chunk.toString()
  })
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()))
  return new Promise((resolve, reject) =>
    child.on('close', (status, signal) => {
      const killed = signal === 'SIGKILL'
      if (killed || status === 0) resolve({ killed, said: said.split('\n').slice(0, -1) })
      else reject(new Error(`${script} ${args.join(' ')} ended with ${String(status)}: ${errors}`))
    }),
  )
}
