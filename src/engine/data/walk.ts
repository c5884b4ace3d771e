/** Every file below what a person chose, and what could not be looked into. Originals are only read. */
import { lstat, readdir, realpath, stat } from 'node:fs/promises'
import { dirname, join, relative, resolve, sep } from 'node:path'
import type { Refusal } from '../../shared/domain/film.ts'
import { AppError, throwIfCancelled } from '../../shared/errors.ts'

export interface Walk {
  /** The folder that the layout is read from. */
  readonly root: string
  /** Absolute, sorted by code units. */
  readonly files: readonly string[]
  readonly refused: readonly Refusal[]
}

/** What operating systems and archivers leave behind; nobody wants to read about it. */
export const isJunk = (name: string) =>
  name.startsWith('.') || /^(?:thumbs\.db|ehthumbs\.db|desktop\.ini|__macosx)$/i.test(name)

/**
 * Walks folders and takes single files. The root is the one folder given, or else the folder that all
 * given paths lie in. Throws NOT_FOUND for a path that does not exist, CANCELLED when stopped.
 */
export async function walk(
  paths: readonly string[],
  { signal, seen }: { signal: AbortSignal; seen: (files: number) => void },
): Promise<Walk> {
  const files = new Set<string>()
  const refused: Refusal[] = []
  const given = paths.map((path) => resolve(path))
  const kinds = await Promise.all(given.map(statGiven))
  const root =
    given.length === 1 && kinds[0]!.isDirectory() ? given[0]! : commonFolder(given.map(dirname))
  // A link is judged by where it leads; the root may itself lie behind one.
  const allowed = await Promise.all(given.map((path) => realpath(path)))

  async function takeLink(path: string) {
    const target = await realpath(path).catch(() => undefined)
    const isInside = (to: string) =>
      allowed.some((folder) => to === folder || to.startsWith(folder + sep))
    if (target === undefined) refuse(path, 'NOT_FOUND', 'is a link that leads nowhere')
    else if (!isInside(target)) {
      refuse(path, 'NOT_PERMITTED', 'is a link that leaves the folder: copy the file itself')
      // A folder inside the root is walked where it really lies; once is enough, and ends every loop.
    } else if ((await stat(path)).isFile()) files.add(path)
  }

  async function takeFolder(folder: string): Promise<void> {
    throwIfCancelled(signal)
    const entries = await readdir(folder, { withFileTypes: true }).catch((cause: unknown) => {
      refuse(folder, 'NOT_PERMITTED', `is a folder that cannot be read (${codeOf(cause)})`)
      return []
    })
    for (const entry of entries) {
      if (isJunk(entry.name)) continue
      const path = join(folder, entry.name)
      if (entry.isDirectory()) await takeFolder(path)
      else if (entry.isSymbolicLink()) await takeLink(path)
      else if (entry.isFile()) files.add(path)
      else refuse(path, 'UNSUPPORTED', 'is no file but a device, pipe or socket')
    }
    seen(files.size)
  }

  function refuse(path: string, code: string, reason: string) {
    refused.push({ path, code, reason: `${relative(root, path) || path} ${reason}` })
  }

  for (const [at, path] of given.entries()) {
    if (kinds[at]!.isDirectory()) await takeFolder(path)
    else if (kinds[at]!.isFile()) files.add(path)
    else refuse(path, 'UNSUPPORTED', 'is no file but a device, pipe or socket')
  }
  return { root, files: [...files].sort(), refused }
}

async function statGiven(path: string) {
  try {
    return await stat(path)
  } catch (cause) {
    const broken = await lstat(path).catch(() => undefined)
    const reason = broken ? 'is a link that leads nowhere, or cannot be reached' : 'does not exist'
    throw new AppError('NOT_FOUND', `${path} ${reason}: check the path`, { cause })
  }
}

/** The deepest folder that holds all of them. */
function commonFolder(folders: readonly string[]): string {
  return folders.reduce((common, folder) => {
    let shared = common
    while (folder !== shared && !folder.startsWith(shared.endsWith(sep) ? shared : shared + sep)) {
      shared = dirname(shared)
    }
    return shared
  })
}

/** ENOENT, EACCES … of a failed call. */
export const codeOf = (cause: unknown): string =>
  cause instanceof Error && 'code' in cause && typeof cause.code === 'string'
    ? cause.code
    : String(cause)
