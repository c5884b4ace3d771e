/** What the program writes about itself, for a person who looks for a fault. Never a patient's data: no names of films, no paths. */
import { appendFileSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { toAppError } from '../shared/errors.ts'
import { withoutPaths } from './withoutFolders.ts'

export interface Log {
  line(from: string, words: string): void
  /** The code of a failure and where in our code it arose; its words may name a film, so they stay out. */
  failure(what: string, cause: unknown): void
}

const largestBytes = 1024 * 1024
const longestLine = 500

/** Appends to pneumoscope.log in `folder`; at 1 MiB it becomes pneumoscope.1.log, in place of the one before. */
export function openLog(folder: string): Log {
  const file = join(folder, 'pneumoscope.log')
  let bytes = sizeOf(file)

  function line(from: string, words: string) {
    const text = withoutPaths(words).slice(0, longestLine)
    const entry = `${new Date().toISOString()} ${from}: ${text}\n`
    try {
      if (bytes + entry.length > largestBytes) {
        renameSync(file, join(folder, 'pneumoscope.1.log'))
        bytes = 0
      }
      appendFileSync(file, entry, { mode: 0o600 })
      bytes += entry.length
    } catch {
      // A full disk must not end the program for want of a log line.
      return
    }
  }
  return {
    line,
    failure(what, cause) {
      const { code } = toAppError(cause)
      const frames = code === 'INTERNAL' ? firstFrames(cause) : ''
      line('main', `${what}: ${code}${frames}`)
    },
  }
}

/** Where it arose, without the words of the error: function names and lines of our own build. */
function firstFrames(cause: unknown): string {
  if (!(cause instanceof Error)) return ''
  const { stack = '' } = cause.cause instanceof Error ? cause.cause : cause
  const frames = [...stack.matchAll(/^\s+at (?:async )?(.+)$/gm)].slice(0, 4)
  return frames
    .map(
      ([, frame]) =>
        ' < ' + (frame ?? '').replace(/\(?(?:file:\/\/)?[^\s(]*[\\/]([^\\/]+)$/, '($1'),
    )
    .join('')
}

function sizeOf(file: string): number {
  try {
    return statSync(file).size
  } catch {
    return 0
  }
}
