/** A program that is measured: it stays loaded and does one task at a time when asked. */
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { z } from 'zod'

export const Task = z.enum(['train', 'screen', 'screenExact', 'single'])
export type Task = z.infer<typeof Task>

const Answer = z.object({
  seconds: z.number(),
  /** Processor time of all threads: hardly changed by what else the machine does. */
  processorSeconds: z.number(),
  /** Largest resident memory of its process so far, bytes. */
  peakBytes: z.number(),
  versions: z.record(z.string(), z.string()),
  /** Of the arithmetic, where the program tells. */
  precision: z.string().optional(),
})
export type Answer = z.infer<typeof Answer>

export interface Contestant {
  readonly name: string
  readonly ask: (task: Task) => Promise<Answer>
  readonly end: () => void
}

/** Starts a program that reads a task a line and answers with a line of JSON that begins with «ANSWER ». */
export function startContestant(
  name: string,
  command: string,
  args: readonly string[],
): Contestant {
  const child = spawn(command, [...args], { stdio: ['pipe', 'pipe', 'inherit'] })
  let waiting: { resolve: (answer: Answer) => void; reject: (error: Error) => void } | undefined
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (!line.startsWith('ANSWER ')) return
    waiting?.resolve(Answer.parse(JSON.parse(line.slice('ANSWER '.length))))
  })
  child.on('exit', (code) => waiting?.reject(new Error(`${name} ended with ${String(code)}`)))
  return {
    name,
    ask: (task) =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject }
        child.stdin.write(`${task}\n`)
      }),
    end: () => void child.stdin.end(),
  }
}
