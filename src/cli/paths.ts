/** Paths as a person types them, and where the command keeps what it can make again. */
import { stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { UsageError } from './usageError.ts'

/** The path from the current folder. Throws UsageError when nothing is there. */
export async function existingPath(path: string): Promise<string> {
  const absolute = resolve(path)
  const facts = await stat(absolute).catch(() => undefined)
  if (!facts) throw new UsageError(`${path}: there is no such file or folder`)
  return absolute
}

export const isThere = (path: string): Promise<boolean> =>
  stat(resolve(path)).then(
    () => true,
    () => false,
  )

/** Decoded films between calls; may be deleted at any time. */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  const base =
    env['PNEUMOSCOPE_CACHE'] ??
    join(env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'pneumoscope')
  return join(base, 'films')
}

/** 20240131-235959, from local time: names that sort as they were made. */
export function timestamp(now: Date): string {
  const pad = (value: number) => String(value).padStart(2, '0')
  const day = `${now.getFullYear()}${pad(now.getMonth() + 1)}${pad(now.getDate())}`
  return `${day}-${pad(now.getHours())}${pad(now.getMinutes())}${pad(now.getSeconds())}`
}
