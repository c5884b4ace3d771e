/** Every table that leaves the program is written by `csvRow`, which keeps formulas out of it. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const src = fileURLToPath(new URL('..', import.meta.url))
/** Node 16 lists no folders within folders. */
const filesBelow = (folder: string): string[] =>
  readdirSync(join(src, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = posix.join(folder, entry.name)
    return entry.isDirectory() ? filesBelow(name) : [name]
  })
const sources = filesBelow('.').filter(
  (name) => /\.(?:ts|svelte)$/.test(name) && !name.endsWith('.test.ts'),
)
const filesWith = (pattern: RegExp) =>
  sources.filter((name) => pattern.test(readFileSync(join(src, name), 'utf8'))).sort()

test('no cell is put between commas by any other way', () => {
  // The one beside it names arrays for TensorFlow's library.
  expect(filesWith(/\.join\((['"`])[,;\t]\1\)/)).toEqual([
    'engine/graph/session.ts',
    'shared/csv.ts',
  ])
})

test('these write tables, and one that is new has to be looked at here', () => {
  expect(filesWith(/csvRow\(|map\(csvRow\)/)).toEqual([
    'cli/evaluationCsv.ts',
    'cli/explanations.ts',
    'cli/verbs/screen.ts',
    'engine/capsule/capsuleFile.ts',
    'engine/images/dicom/deidentify/deidentifyFilms.ts',
    'renderer/charts/ParallelChart.svelte',
    'renderer/charts/ScatterChart.svelte',
    'renderer/charts/curvesCsv.ts',
    'renderer/pages/Experiments/sweeps/sweepCsv.ts',
    'shared/comparison/scalarsCsv.ts',
    'shared/csv.ts',
    'workflows/auditCsv.ts',
    'workflows/datasetVersions/exportDataset.ts',
    'workflows/exportAgreement.ts',
    'workflows/exportMarks.ts',
    'workflows/exportWorklist.ts',
  ])
})
