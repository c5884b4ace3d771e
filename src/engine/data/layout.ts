/** Parts and classes as folder names tell them. Pure: paths in, names out. */
import type { FolderLayout } from '../../shared/domain/film.ts'
import type { Part } from '../../shared/domain/part.ts'
import { isPatientFolder } from './patient.ts'

interface Placing {
  readonly part?: Part
  readonly className?: string
}

export interface Layout {
  readonly layout: FolderLayout
  /** In alphabetical order, which is the order of the labels. */
  readonly classes: readonly string[]
  /** In the order of the paths. */
  readonly placings: readonly Placing[]
}

const partNames: Readonly<Record<string, Part>> = {
  train: 'train',
  training: 'train',
  val: 'validation',
  valid: 'validation',
  validation: 'validation',
  dev: 'validation',
  test: 'test',
  testing: 'test',
}

/** The part that a folder's name, or a word of a table, stands for. */
export const partOf = (folder: string): Part | undefined =>
  Object.hasOwn(partNames, folder.toLowerCase()) ? partNames[folder.toLowerCase()] : undefined

/**
 * Understands a tree by its folders: `[part/]class/film`, `class/part/film` or films alone, below any
 * number of wrapping folders. `paths` are relative to the root, with / between folders.
 */
export function readLayout(paths: readonly string[]): Layout {
  const folders = paths.map((path) => path.split('/').slice(0, -1))
  const hasParts = folders.some((names) => names.some((name) => partOf(name)))
  const wrapping = hasParts ? 0 : wrappingFolders(folders)
  const placings = folders.map((names) =>
    hasParts ? placeInParts(names) : place(undefined, names[wrapping]),
  )
  const classes = new Set<string>()
  for (const { className } of placings) if (className !== undefined) classes.add(className)
  return {
    layout: hasParts ? 'parts-and-classes' : classes.size > 0 ? 'classes' : 'flat',
    classes: [...classes].sort(alphabetically),
    placings,
  }
}

function placeInParts(names: readonly string[]): Placing {
  const at = names.findIndex((name) => partOf(name))
  if (at < 0) return {}
  return place(partOf(names[at]!), names[at + 1] ?? names[at - 1])
}

function place(part: Part | undefined, className: string | undefined): Placing {
  const isClass = className !== undefined && !isPatientFolder(className)
  return { ...(part && { part }), ...(isClass && { className }) }
}

/** Folders around the class folders: shared by all films, with another folder below in each. */
function wrappingFolders(folders: readonly (readonly string[])[]): number {
  const [first] = folders
  if (!first) return 0
  const isShared = (depth: number) =>
    folders.every((names) => names[depth] === first[depth] && names.length > depth + 1)
  let depth = 0
  while (isShared(depth)) depth++
  return depth
}

/** As a person looks up names: capitals count only between names that are otherwise equal. */
export function alphabetically(a: string, b: string): number {
  const byLetters = compare(a.toLowerCase(), b.toLowerCase())
  return byLetters === 0 ? compare(a, b) : byLetters
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
