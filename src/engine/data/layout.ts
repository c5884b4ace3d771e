/** Parts and classes as folder names tell them. Pure: paths in, names out. */
import { alphabetically } from '../../shared/alphabetically.ts'
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
  validate: 'validation',
  validation: 'validation',
  dev: 'validation',
  test: 'test',
  testing: 'test',
}

/** «training_set», «valid images». */
const kindOfPart = /[ _-]?(?:set|data|images?|films?|split|part)$/

/** The part that a folder's name, or a word of a table, stands for. */
export function partOf(folder: string): Part | undefined {
  const name = folder.toLowerCase().replace(kindOfPart, '')
  return Object.hasOwn(partNames, name) ? partNames[name] : undefined
}

/** Never a class: a patient's folder, or one of several folds. */
const isNoClass = (folder: string) =>
  isPatientFolder(folder) || /^(?:fold|cv|split)[ _-]?\d+$/i.test(folder)

/**
 * Understands a tree by its folders: `[part/]class/film`, `class/part/film` or films alone, below any
 * number of wrapping folders, of patients or of folds. `paths` are relative to the root, with / between folders.
 */
export function readLayout(paths: readonly string[]): Layout {
  const folders = paths.map((path) => path.split('/').slice(0, -1))
  const hasParts = folders.some((names) => names.some((name) => partOf(name)))
  const placings = hasParts ? placeInParts(folders) : placeInClasses(folders)
  const classes = new Set(placings.flatMap(({ className }) => className ?? []))
  const layout = {
    layout: kindOf(hasParts, classes.size),
    classes: [...classes].sort(alphabetically),
    placings,
  }
  return [...classes].every(isOfPictures) ? withoutClasses(layout) : layout
}

function kindOf(hasParts: boolean, classes: number): FolderLayout {
  if (hasParts) return 'parts-and-classes'
  return classes > 0 ? 'classes' : 'flat'
}

/** «images_001» (NIH), «stage_2_train_images» (RSNA), «CXR_png» (Shenzhen): what they hold is no class. */
const isOfPictures = (folder: string) =>
  /^(?:(?:stage[ _-]?\d+|train|test|all|raw|chest|x[ _-]?rays?|cxr|images?|imgs?|films?|pictures?|photos?|scans?|radiographs?|dicoms?|dcm|png|jpe?g|files?|data)[ _-]?)+\d*$/i.test(
    folder,
  )

function withoutClasses(layout: Layout): Layout {
  const placings = layout.placings.map(({ part }) => placed(part, undefined))
  return { layout: layout.layout === 'classes' ? 'flat' : layout.layout, classes: [], placings }
}

/**
 * A layout in which folders that hold one patient each are no classes, as DICOM trees have them, whatever they are called.
 * `patients` are what the files themselves say, in the order of the paths; two such folders may be classes all the same.
 */
export function withoutPatientFolders(
  layout: Layout,
  patients: readonly (string | undefined)[],
): Layout {
  const inClass = new Map<string, Set<string | undefined>>()
  layout.placings.forEach(({ className }, film) => {
    if (className === undefined) return
    inClass.set(className, (inClass.get(className) ?? new Set()).add(patients[film]))
  })
  const sets = [...inClass.values()]
  const isPerPatient = sets.every((told) => told.size === 1 && !told.has(undefined))
  const isEachItsOwn = new Set(sets.flatMap((told) => [...told])).size === sets.length
  if (sets.length <= 2 || !isPerPatient || !isEachItsOwn) return layout
  return withoutClasses(layout)
}

function placeInClasses(folders: readonly (readonly string[])[]): Placing[] {
  const wrapping = wrappingFolders(folders)
  return folders.map((names) => placed(undefined, classAmong(names.slice(wrapping))))
}

function placeInParts(folders: readonly (readonly string[])[]): Placing[] {
  const partAt = folders.map((names) => names.findIndex((name) => partOf(name)))
  const below = folders.map((names, film) => names.slice(partAt[film]! + 1))
  const wrapping = wrappingFolders(below.filter((_, film) => partAt[film]! >= 0))
  return folders.map((names, film) => {
    const at = partAt[film]!
    if (at < 0) return {}
    const className = classAmong(below[film]!.slice(wrapping)) ?? classAmong(names.slice(0, at).reverse()) // prettier-ignore
    return placed(partOf(names[at]!), className)
  })
}

const classAmong = (names: readonly string[]) => names.find((name) => !isNoClass(name))

const placed = (part: Part | undefined, className: string | undefined): Placing => ({
  ...(part && { part }),
  ...(className !== undefined && { className }),
})

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
