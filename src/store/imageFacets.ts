/** How many films there are of each kind, under the choices of a filter. */
import { z } from 'zod'
import {
  AgeBand,
  PerPatient,
  untold,
  type Facets,
  type ImageFilter,
} from '../shared/domain/dataset.ts'
import { FindingKind } from '../shared/domain/findingKind.ts'
import { Part } from '../shared/domain/part.ts'
import { flag, json, row } from './row.ts'

const Size = z.enum(['small', 'medium', 'large', 'full'])

/** Films that no facet tells from each other. */
export const FilmGroup = row(
  z.object({
    className: z.string().optional(),
    part: Part.or(z.literal('unassigned')).default('unassigned'),
    excluded: flag,
    size: Size,
    perPatient: PerPatient,
    age: AgeBand.or(z.literal(untold)).default(untold),
    view: z.string().default(untold),
    copied: flag,
    flags: json(z.array(FindingKind)),
    tags: json(z.array(z.string())),
    films: z.int(),
  }),
)
export type FilmGroup = z.output<typeof FilmGroup>

/** In the order of the index `image_by_facet`, which then groups without sorting. */
const columns =
  'class_name, part, excluded, size, per_patient, age_band, view_position, copied, flags, tags'

/** The query of the groups of films that fit. */
export const filmGroups = (fitting: string): string => `SELECT class_name AS className, part,
    excluded, size, per_patient AS perPatient, age_band AS age, view_position AS view, copied, flags,
    tags, count(*) AS films
  FROM image WHERE ${fitting} GROUP BY ${columns}`

/** Values that a group has of each facet. */
const values = {
  classes: ({ className }: FilmGroup) => (className === undefined ? [] : [className]),
  parts: ({ part }: FilmGroup) => [part],
  sizes: ({ size }: FilmGroup) => [size],
  tags: ({ tags }: FilmGroup) => tags,
  perPatient: ({ perPatient }: FilmGroup) => [perPatient],
  ages: ({ age }: FilmGroup) => [age],
  views: ({ view }: FilmGroup) => [view],
  flags: ({ flags }: FilmGroup) => flags,
} satisfies Partial<Record<keyof Facets, (group: FilmGroup) => readonly string[]>>
type Facet = keyof typeof values
const facets: readonly Facet[] = ['classes', 'parts', 'sizes', 'tags', 'perPatient', 'ages', 'views', 'flags'] // prettier-ignore

/** Values whose order is not that of the alphabet; what is untold comes last. */
const orders: Partial<Record<Facet, readonly string[]>> = {
  sizes: Size.options,
  perPatient: PerPatient.options,
  ages: AgeBand.options,
  flags: FindingKind.options,
}

/** Counts of each facet under the other facets' choices. */
export function facetCounts(groups: readonly FilmGroup[], filter: ImageFilter): Facets {
  const counts = (facet: Facet) => {
    const found = new Map<string, number>()
    for (const group of groups) {
      if (!fitsAll(group, filter, facet)) continue
      for (const value of values[facet](group))
        found.set(value, (found.get(value) ?? 0) + group.films)
    }
    return [...found]
      .map(([value, count]) => ({ value, count }))
      .sort((a, b) => place(facet, a.value) - place(facet, b.value) || (a.value < b.value ? -1 : 1))
  }
  const sum = (asked: ImageFilter) =>
    groups.reduce((films, group) => films + (fitsAll(group, asked) ? group.films : 0), 0)
  return {
    ...{ classes: counts('classes'), parts: counts('parts'), sizes: counts('sizes') },
    ...{ tags: counts('tags'), perPatient: counts('perPatient'), ages: counts('ages') },
    ...{ views: counts('views'), flags: counts('flags') },
    excluded: sum({ ...filter, excluded: true }),
    copies: sum({ ...filter, copies: true }),
  }
}

const place = (facet: Facet, value: string): number =>
  value === untold ? Number.MAX_SAFE_INTEGER : (orders[facet]?.indexOf(value) ?? 0)

/** Whether the films fit the filter; one facet's choice may be left out of account. */
function fitsAll(group: FilmGroup, filter: ImageFilter, but?: Facet): boolean {
  if (filter.excluded !== undefined && group.excluded !== filter.excluded) return false
  if (filter.copies === true && !group.copied) return false
  return facets.every((facet) => {
    const asked: readonly string[] = (facet === but ? undefined : filter[facet]) ?? []
    return asked.length === 0 || values[facet](group).some((value) => asked.includes(value))
  })
}
