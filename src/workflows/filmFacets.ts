/** Properties of films by which subgroups are made. */
import type { Store } from '../store/store.ts'

/** For each property its value for each film, in the order of `films`. Properties that do not vary are left out. */
export function facetsOf(
  { images }: Pick<Store, 'images'>,
  films: readonly { readonly imageId: string; readonly patient: string }[],
): Record<string, string[]> {
  const stored = films.map(({ imageId }) => images.get(imageId))
  const counts = new Map<string, number>()
  for (const { patient } of films) counts.set(patient, (counts.get(patient) ?? 0) + 1)
  const facets = {
    Size: stored.map(({ rows, columns }) => sizeWords(Math.min(rows, columns))),
    Shape: stored.map(({ rows, columns }) => shapeWords(columns / rows)),
    Format: stored.map(({ format }) => format),
    Pixels: stored.map(({ samplesPerPixel }) => (samplesPerPixel === 1 ? 'grey' : 'colour')),
    'Films of the patient': films.map(({ patient }) =>
      counts.get(patient) === 1 ? 'one' : 'several',
    ),
  }
  return Object.fromEntries(Object.entries(facets).filter(([, values]) => new Set(values).size > 1))
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
