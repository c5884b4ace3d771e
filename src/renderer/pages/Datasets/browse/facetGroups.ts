/** The groups of choices that narrow a data set's films, in the order in which they stand. */
import type { Facets, ImageFilter } from '../../../../shared/domain/dataset.ts'
import { kindWords } from '../quality/qualityWords.ts'
import { ageNames, partNames, perPatientNames, sizeNames, viewName } from '../words.ts'

/** Those of the names that are meant. */
const known = <Name extends string>(
  names: Readonly<Record<Name, unknown>>,
  values: readonly string[],
): Name[] => values.filter((value): value is Name => Object.hasOwn(names, value))

const kindTitles = Object.fromEntries(
  Object.entries(kindWords).map(([kind, { title }]) => [kind, title]),
)
const itself = (value: string) => value
const named = (names: Readonly<Record<string, string>>) => (value: string) => names[value] ?? value

const groups = [
  { facet: 'classes', title: 'Class', label: itself, take: (classes: string[]) => ({ classes }), from: 0 }, // prettier-ignore
  { facet: 'parts', title: 'Part', label: named(partNames), take: (parts: string[]) => ({ parts: known(partNames, parts) }), from: 0 }, // prettier-ignore
  { facet: 'flags', title: 'Quality', label: named(kindTitles), take: (flags: string[]) => ({ flags: known(kindWords, flags) }), from: 1 }, // prettier-ignore
  { facet: 'tags', title: 'Tags', label: itself, take: (tags: string[]) => ({ tags }), from: 1 },
  { facet: 'ages', title: 'Age', label: named(ageNames), take: (ages: string[]) => ({ ages: known(ageNames, ages) }), from: 2 }, // prettier-ignore
  { facet: 'views', title: 'View', label: viewName, take: (views: string[]) => ({ views }), from: 2 }, // prettier-ignore
  { facet: 'perPatient', title: 'Films of the patient', label: named(perPatientNames), take: (bands: string[]) => ({ perPatient: known(perPatientNames, bands) }), from: 2 }, // prettier-ignore
  { facet: 'sizes', title: 'Size', label: named(sizeNames), take: (sizes: string[]) => ({ sizes: known(sizeNames, sizes) }), from: 2 }, // prettier-ignore
] as const

interface ShownGroup {
  readonly title: string
  readonly values: readonly { readonly value: string; readonly label: string; readonly count: number }[] // prettier-ignore
  readonly chosen: readonly string[]
  /** What the filter becomes with these choices. */
  readonly take: (chosen: string[]) => ImageFilter
}

/** Groups with choices enough to tell films apart by, and those that films are chosen by already. */
export const shownGroups = (facets: Facets, filter: ImageFilter): ShownGroup[] =>
  groups.flatMap(({ facet, title, label, take, from }) => {
    const chosen = filter[facet]
    if (facets[facet].length < from && !chosen) return []
    const values = facets[facet].map((each) => ({ ...each, label: label(each.value) }))
    return [{ title, values, chosen: chosen ?? [], take }]
  })
