/** The growth curves in Markdown. */
import type { Growth, GrowthFigures } from './growth.ts'

export function growthReport({ byFilms, bySize, byBatch }: Growth): string {
  const tables = [
    table('Films', byFilms, ({ films }) => films.toLocaleString('en-GB')),
    table('Input size', bySize, ({ size }) => `${size}×${size}`),
    table('Batch', byBatch, ({ batch }) => String(batch)),
  ].filter((one) => one !== '')
  if (tables.length === 0) return ''
  return `
## Growth

One epoch of \`pneumonia-vgg-lite\` from the files, each line a process of its own, films repeated where there are too few.
Decoding is done once, before the first epoch; the epoch holds the building of the graph.

${tables.join('\n\n')}
`
}

function table(
  title: string,
  figures: readonly GrowthFigures[],
  name: (figures: GrowthFigures) => string,
): string {
  if (figures.length === 0) return ''
  const rows = figures.map((one) => {
    const { films, prepareSeconds, epochSeconds, peakBytes } = one
    const cells = [
      name(one),
      `${prepareSeconds.toFixed(1)} s`,
      `${epochSeconds.toFixed(1)} s`,
      `${(films / epochSeconds).toFixed(0)} films/s`,
      `${(peakBytes / 1e9).toFixed(2)} GB`,
    ]
    return `| ${cells.join(' | ')} |`
  })
  return [`| ${title} | decoding | epoch | speed | peak memory |`, '| --- | --- | --- | --- | --- |', ...rows].join('\n') // prettier-ignore
}
