/** Films by what a table calls them: a path, a name, a DICOM id. Nothing outside the folder is ever looked for. */
import { sep } from 'node:path'
import type { Refusal, SurveyedFilm } from '../../../shared/domain/film.ts'
import type { KeyRole } from '../../../shared/domain/labelTable.ts'
import type { DicomPeek } from '../../images/dicom/peekDicom.ts'

export interface ListedFilm {
  readonly film: SurveyedFilm
  readonly dicom?: DicomPeek | undefined
}

type Found<T> =
  | { readonly kind: 'found'; readonly films: readonly T[] }
  | { readonly kind: 'missing'; readonly code: string; readonly reason: string }

export type FindFilm = (key: string) => Found<ListedFilm>

const missing = (code: string, reason: string): Found<never> => ({ kind: 'missing', code, reason })

/** Where films are looked for. */
export interface Folder {
  readonly root: string
  readonly films: readonly ListedFilm[]
  readonly refused: readonly Refusal[]
  /** Where the table lies: of films of one name those below are meant. */
  readonly tableFolder: string
}

/** How rows find their films by a column of that role. */
export const filmFinder = (role: KeyRole, folder: Folder): FindFilm =>
  role === 'film' ? byPath(folder) : byId(role, folder)

/** By what DICOM files say; a study or a patient without one by the folder of that name. */
function byId(role: Exclude<KeyRole, 'film'>, { root, films }: Folder): FindFilm {
  const known = new Map<string, ListedFilm[]>()
  const folders = new Map<string, ListedFilm[]>()
  for (const each of films) {
    const id = each.dicom?.ids[role]
    if (id !== undefined) put(known, id, each)
    if (role === 'sop') continue
    for (const name of foldersAround(each, root)) put(folders, name, each)
  }
  return (key) => {
    const found = known.get(key.trim()) ?? folders.get(key.trim().toLowerCase())
    if (found) return { kind: 'found', films: found }
    const orFolder = role === 'sop' ? '' : ', and no folder of films is called so'
    return missing('NOT_FOUND', `no DICOM film of the folder has the ${idNames[role]} «${shortened(key)}»${orFolder}`) // prettier-ignore
  }
}

/** With and without the word or letter that MIMIC-CXR (p10000032/s50414267) and others put before a number. */
function foldersAround({ film }: ListedFilm, root: string): Set<string> {
  const names = fromRoot(film.path, root)
    .split(sep)
    .slice(0, -1)
    .map((name) => name.toLowerCase())
  const bare = names.map((name) => name.replace(/^(?:patient|pat|subject|sub|study|p|s)[-_ ]?(?=\d)/, '')) // prettier-ignore
  return new Set([...names, ...bare])
}

const idNames = {
  sop: 'SOP Instance UID',
  study: 'Study Instance UID',
  patientId: 'Patient ID',
} as const

function byPath({ root, films, refused, tableFolder }: Folder): FindFilm {
  const named = indexed(films, ({ film }) => film.path)
  const refusedByName = indexed(refused, ({ path }) => path)
  return (key) => {
    const cell = key.trim()
    if (cell === '') return missing('BAD_INPUT', 'it names no film')
    if (cell.includes('\0')) return missing('BAD_INPUT', 'the name of its film holds a zero byte')
    const wanted = insideRoot(cell, root)
    if (wanted === undefined) return missing('NOT_PERMITTED', `«${shortened(cell)}» leads outside the folder: write paths from the folder on`) // prettier-ignore
    const all = named(wanted)
    const near = all.filter(({ film }) => film.path.startsWith(tableFolder + sep))
    const found = near.length > 0 ? near : all
    if (found.length === 1) return { kind: 'found', films: found }
    if (found.length > 1) {
      const two = found.slice(0, 2).map(({ film }) => fromRoot(film.path, root)).join(', ') // prettier-ignore
      return missing('CONFLICT', `${found.length} files of the folder are called «${shortened(cell)}» (${two} …): write their paths`) // prettier-ignore
    }
    const [known] = refusedByName(wanted)
    if (known) return missing(known.code, known.reason)
    const [other] = named(stemOf(wanted))
    const hint = other ? `, but ${fromRoot(other.film.path, root)} is: correct the name` : ''
    return missing('NOT_FOUND', `«${shortened(cell)}» is not in the folder${hint}`)
  }
}

/** A path from the root on, with / between folders; undefined for one that leaves it. */
function insideRoot(cell: string, root: string): string | undefined {
  const path = cell.replace(/\\/g, '/')
  const base = root.split(sep).join('/').replace(/\/$/, '')
  const isAbsolute = path.startsWith('/') || /^[a-z]:/i.test(path)
  if (isAbsolute && !path.startsWith(`${base}/`)) return undefined
  const parts: string[] = []
  for (const part of (isAbsolute ? path.slice(base.length) : path).split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') parts.push(part)
    else if (parts.pop() === undefined) return undefined
  }
  return parts.join('/')
}

/**
 * Looks up by the end of the path: the whole path from some folder on, or the name alone, with or without its
 * extension. Exact capitals come before others.
 */
function indexed<T>(items: readonly T[], pathOf: (item: T) => string): (wanted: string) => T[] {
  const known = new Map<string, { item: T; path: string }[]>()
  for (const item of items) {
    const path = pathOf(item).split(sep).join('/').normalize('NFC')
    const name = nameOf(path).toLowerCase()
    put(known, name, { item, path })
    const stem = stemOf(name)
    if (stem !== name) put(known, stem, { item, path })
  }
  return (cell) => {
    const wanted = cell.normalize('NFC')
    const candidates = known.get(nameOf(wanted).toLowerCase()) ?? []
    const tests = [
      (path: string) => path.endsWith(`/${wanted}`),
      (path: string) => stemOf(path).endsWith(`/${wanted}`),
      (path: string) => path.toLowerCase().endsWith(`/${wanted.toLowerCase()}`),
      (path: string) => stemOf(path).toLowerCase().endsWith(`/${wanted.toLowerCase()}`),
    ]
    for (const fits of tests) {
      const found = candidates.filter(({ path }) => fits(path))
      if (found.length > 0) return found.map(({ item }) => item)
    }
    return []
  }
}

function put<T>(map: Map<string, T[]>, key: string, item: T): void {
  const there = map.get(key)
  if (there) there.push(item)
  else map.set(key, [item])
}

const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1)
const stemOf = (path: string) => path.replace(/\.[a-z0-9]{1,5}$/i, '')
const fromRoot = (path: string, root: string) => path.slice(root.length + 1)

/** What a row says, fit for one line. */
export const shortened = (text: string): string => {
  const plain = text.replace(/\p{Cc}/gu, ' ').trim()
  return plain.length > 80 ? `${plain.slice(0, 79)}…` : plain
}
