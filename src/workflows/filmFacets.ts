/** Properties of films by which subgroups are made. */
import { dirname, sep } from 'node:path'
import { ageInYears } from '../shared/ageInYears.ts'
import { isFrontal, isLateral } from '../shared/filmView.ts'
import type { StoredImage } from '../store/image.ts'

/** Of a property with more values the largest groups are kept, and the rest is one group. */
const MOST_VALUES = 12
const untold = 'not told'

function told(text: string | undefined): string {
  const trimmed = text?.trim() ?? ''
  return trimmed === '' ? untold : trimmed
}

/** For each property its value for each film, in their order. Properties that do not vary are left out. */
export function facetsOf(stored: readonly StoredImage[]): Record<string, string[]> {
  const counts = new Map<string, number>()
  for (const { patient } of stored) counts.set(patient, (counts.get(patient) ?? 0) + 1)
  const facets = {
    View: stored.map(({ dicom }) => viewWords(dicom?.viewPosition)),
    Age: stored.map(({ dicom }) => ageWords(dicom && ageInYears(dicom))),
    Sex: stored.map(({ dicom }) => sexWords(dicom?.patientSex)),
    Institution: stored.map(({ dicom }) => told(dicom?.institution)),
    Device: stored.map(({ dicom }) => told(dicom?.manufacturer)),
    'Source folder': sourceFolders(stored),
    Size: stored.map(({ rows, columns }) => sizeWords(Math.min(rows, columns))),
    Shape: stored.map(({ rows, columns }) => shapeWords(columns / rows)),
    'Bit depth': stored.map(depthWords),
    Format: stored.map(({ format }) => format),
    Pixels: stored.map(({ samplesPerPixel }) => (samplesPerPixel === 1 ? 'grey' : 'colour')),
    'Films of the patient': stored.map(({ patient }) =>
      counts.get(patient) === 1 ? 'one' : 'several',
    ),
  }
  return Object.fromEntries(
    Object.entries(facets)
      .filter(([, values]) => isTelling(new Set(values).size, stored.length))
      .map(([name, values]) => [name, withFewValues(values)]),
  )
}

/** Groups that hold a film or two each say nothing. */
const isTelling = (groups: number, films: number): boolean =>
  groups > 1 && (groups <= MOST_VALUES || groups <= films / 4)

function withFewValues(values: readonly string[]): string[] {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  if (counts.size <= MOST_VALUES) return [...values]
  const largest = [...counts].sort(([, a], [, b]) => b - a).slice(0, MOST_VALUES - 1)
  const kept = new Set(largest.map(([value]) => value))
  return values.map((value) => (kept.has(value) ? value : 'others'))
}

function viewWords(position: string | undefined): string {
  const view = position?.trim().toUpperCase() ?? ''
  if (view === '') return untold
  if (isLateral(view)) return 'lateral'
  return isFrontal(view) ? view : `other (${view})`
}

/** Bands of medicine: infants, small children, children, and adults by age. */
const bands = [
  [1, 'under 1 year'],
  [6, '1–5 years'],
  [18, '6–17 years'],
  [40, '18–39 years'],
  [65, '40–64 years'],
  [Infinity, '65 years and more'],
] as const

function ageWords(years: number | undefined): string {
  if (years === undefined) return untold
  return bands.find(([end]) => years < end)![1]
}

/** PS3.3 C.7.1.1: M, F, O. */
function sexWords(sex: string | undefined): string {
  switch (sex?.trim().toUpperCase()) {
    case 'F':
      return 'female'
    case 'M':
      return 'male'
    case 'O':
      return 'other'
    default:
      return untold
  }
}

const partNames = new Set(['train', 'training', 'val', 'valid', 'validation', 'test', 'testing'])

/**
 * The first folder by which films differ that is neither a part nor a class: films of one class alone would say nothing
 * of a source.
 */
function sourceFolders(films: readonly StoredImage[]): string[] {
  const classes = new Set(films.map(({ className }) => className?.toLowerCase()))
  const isSource = (name: string) =>
    !partNames.has(name.toLowerCase()) && !classes.has(name.toLowerCase())
  const ways = films.map(({ path }) => dirname(path).split(sep).filter(isSource))
  const depth = Math.min(...ways.map(({ length }) => length))
  for (let at = 0; at < depth; at++)
    if (new Set(ways.map((way) => way[at])).size > 1) return ways.map((way) => way[at]!)
  return ways.map((way) => way[depth] ?? 'none')
}

function sizeWords(side: number): string {
  if (side < 512) return 'under 512 pixels'
  if (side < 1024) return '512–1023 pixels'
  return side < 2048 ? '1024–2047 pixels' : '2048 pixels and more'
}

function shapeWords(ratio: number): string {
  if (ratio > 1.1) return 'wider than high'
  return ratio < 0.9 ? 'higher than wide' : 'nearly square'
}

/** Of DICOM films as stored; JPEG, BMP, GIF and WebP hold 8 bits, other formats may hold more. */
function depthWords({ dicom, format }: StoredImage): string {
  if (dicom) {
    if (dicom.bitsStored <= 8) return '8 bits'
    return dicom.bitsStored <= 12 ? '9–12 bits' : '13–16 bits'
  }
  return ['jpeg', 'bmp', 'gif', 'webp'].includes(format) ? '8 bits' : untold
}
