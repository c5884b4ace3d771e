/** Which entries of a zip archive may be unpacked, and why others may not. Pure: a directory in, a plan out. */
import { sep } from 'node:path'
import type { Refusal } from '../../shared/domain/film.ts'
import { AppError } from '../../shared/errors.ts'
import { isJunk } from '../data/walk.ts'
import { isBomb, MAX_RATIO, requireOwnBytes } from './bomb.ts'
import type { ArchiveEntry } from './entries.ts'

/** No film is larger; see `readRaster`. */
const MAX_ENTRY_BYTES = 512 * 2 ** 20
/** What all entries together may unpack to. */
const MAX_TOTAL_BYTES = 256 * 2 ** 30
const MAX_NAME_BYTES = 900
const MAX_SEGMENT_BYTES = 240

interface PlannedEntry {
  readonly entry: ArchiveEntry
  /** Below the folder that it is unpacked into; safe on every system. */
  readonly segments: readonly string[]
}

export interface UnpackPlan {
  readonly taken: readonly PlannedEntry[]
  readonly refused: readonly Refusal[]
}

interface Reason {
  readonly code: 'NOT_PERMITTED' | 'UNSUPPORTED' | 'TOO_LARGE' | 'CONFLICT'
  readonly words: string
}

/**
 * Judges every entry by its name, kind and sizes. Folders, and what archivers leave behind, are passed over in silence.
 * Throws TOO_LARGE for an archive whose entries share their bytes or unpack to more than 256 GiB: that is how bombs are
 * made, and none of it is taken.
 */
export function judgeEntries(
  { file, folder }: { readonly file: string; readonly folder: string },
  entries: readonly ArchiveEntry[],
): UnpackPlan {
  requireBounded(file, entries)
  const files = new Set<string>()
  const folders = new Set<string>()
  const taken: PlannedEntry[] = []
  const refused: Refusal[] = []
  for (const entry of entries) {
    const segments = entry.name.split(/[\\/]/).filter((part) => part !== '' && part !== '.')
    const wrongName = judgeName(entry.name, segments)
    if (!wrongName && (isFolder(entry) || segments.some(isJunk))) continue
    const folded = segments.map(fold)
    const reason = wrongName ?? judgeContent(entry) ?? judgePlace(folded, files, folders)
    if (reason) {
      refused.push(refusalOf(folder, entry.name, reason))
      continue
    }
    files.add(folded.join('/'))
    for (let depth = 1; depth < folded.length; depth++)
      folders.add(folded.slice(0, depth).join('/'))
    taken.push({ entry, segments })
  }
  return { taken, refused }
}

/** The refusal of an entry, with the path where it would lie. */
export const refusalOf = (
  folder: string,
  name: string,
  { code, words }: { readonly code: string; readonly words: string },
): Refusal => ({ path: folder + sep + name, code, reason: `${JSON.stringify(name)}: ${words}` })

function judgeName(name: string, segments: readonly string[]): Reason | undefined {
  const refuse = (words: string): Reason => ({ code: 'NOT_PERMITTED', words })
  if (/^[\\/]|^[a-z]:/i.test(name)) return refuse('an absolute path, which could write anywhere')
  if (segments.includes('..')) return refuse('a path that leaves the archive’s folder')
  if (/[<>:"|?*]/.test(name) || Array.from(name).some(isControl)) {
    return refuse('a name with characters that not every system takes')
  }
  if (segments.some((part) => /[. ]$/.test(part) || reserved.test(part))) {
    return refuse('a name that Windows keeps for itself')
  }
  const isLong = segments.some((part) => Buffer.byteLength(part) > MAX_SEGMENT_BYTES)
  if (isLong || Buffer.byteLength(name) > MAX_NAME_BYTES) return refuse('a name that is too long')
  return segments.length === 0 ? refuse('no name') : undefined
}

const isControl = (letter: string) => letter < ' ' || letter === '\u007f'
const reserved = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i

function judgeContent(entry: ArchiveEntry): Reason | undefined {
  const { mode, isEncrypted, method, bytes } = entry
  const type = mode & 0o170000
  if (type === 0o120000) return { code: 'NOT_PERMITTED', words: 'a link; links are not followed' }
  if (type !== 0 && type !== 0o100000) {
    return { code: 'NOT_PERMITTED', words: 'no file but a device, pipe or socket' }
  }
  if (isEncrypted) {
    return { code: 'NOT_PERMITTED', words: 'encrypted: unpack the archive with its password and import the folder' } // prettier-ignore
  }
  if (method !== 0 && method !== 8) {
    return { code: 'UNSUPPORTED', words: `compressed by method ${method}; only stored and deflated entries are taken: unpack the archive by other means and import the folder` } // prettier-ignore
  }
  if (bytes > MAX_ENTRY_BYTES) {
    return { code: 'TOO_LARGE', words: `${bytes} bytes; no film has more than ${MAX_ENTRY_BYTES}` }
  }
  if (isBomb(entry)) {
    return { code: 'TOO_LARGE', words: `unpacks to more than ${MAX_RATIO} times its size, as bombs do and films do not` } // prettier-ignore
  }
  return undefined
}

function judgePlace(
  folded: readonly string[],
  files: ReadonlySet<string>,
  folders: ReadonlySet<string>,
): Reason | undefined {
  const path = folded.join('/')
  if (files.has(path)) {
    return { code: 'CONFLICT', words: 'in the archive twice (capitals aside); the first is taken' }
  }
  const isBelowFile = folded.some((_, at) => at > 0 && files.has(folded.slice(0, at).join('/')))
  if (folders.has(path) || isBelowFile) {
    return { code: 'CONFLICT', words: 'a file and a folder of one name; the first is taken' }
  }
  return undefined
}

const fold = (segment: string) => segment.normalize('NFC').toLowerCase()

const isFolder = ({ name, bytes, mode }: ArchiveEntry) =>
  (mode & 0o170000) === 0o040000 || (/[\\/]$/.test(name) && bytes === 0)

function requireBounded(file: string, entries: readonly ArchiveEntry[]): void {
  const total = entries.reduce((sum, { bytes }) => sum + bytes, 0)
  if (total > MAX_TOTAL_BYTES) {
    throw new AppError('TOO_LARGE', `${file}: unpacks to ${total} bytes, more than is taken at once (${MAX_TOTAL_BYTES}): unpack it by other means and import the folder`) // prettier-ignore
  }
  requireOwnBytes(file, entries)
}
