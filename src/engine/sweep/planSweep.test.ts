import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { PlannedSweep } from '../../shared/domain/sweep.ts'
import { planSweep } from './planSweep.ts'

function plan(text: string, classes = 10): PlannedSweep {
  const reading = planSweep({ text, classes })
  if (reading.kind === 'mistake') throw new Error(reading.message)
  return reading.planned
}

function mistake(text: string) {
  const reading = planSweep({ text, classes: 10 })
  if (reading.kind === 'plan') throw new Error('There is no mistake')
  const { message, place, option } = reading
  return { message, option, wrong: place && text.slice(place.position, place.position + place.length), at: place && [place.line, place.column] } // prettier-ignore
}

test('a grid spans each value with each', () => {
  const { configurations } = plan(`
base: { spec: 'C: 16 16 D: 8R', epochs: 3, batch: 64, input: 28x28x1 }
grid:
  dropout: [0, 0.25]
  filters: [[8], [8, 16]]
  learningRate: [0.01, 0.001]
`)
  expect(configurations.map(({ recipe }) => recipe)).toEqual([
    ...['C: 8 8 D: 8R', 'C: 8 8 D: 8R', 'C: 8 8 d¼ D: 8R', 'C: 8 8 d¼ D: 8R'],
    ...['C: 8 8 16 16 D: 8R', 'C: 8 8 16 16 D: 8R'],
    ...['C: 8 8 d¼ 16 16 d¼ D: 8R', 'C: 8 8 d¼ 16 16 d¼ D: 8R'],
  ])
  expect(configurations[5]).toMatchObject({
    ...{ number: 6, differs: { dropout: 0, filters: [8, 16], learningRate: 0.001 } },
    spec: { optimiser: { kind: 'adam', learningRate: 0.001 } },
    runs: [{ seed: 1, settings: { epochs: 3, batchSize: 64 } }],
  })
})

test('listed configurations stand alone; a text is a notation', () => {
  const { configurations } = plan(`
configurations:
  - 'C: 8n 8n D: 4R'
  - { preset: digits, name: as published, priority: 2, optimiser: momentum, learningRate: 0.01, normalisation: l2 }
`)
  expect(configurations.map(({ name, priority }) => [name, priority])).toEqual([
    ['C: 8n 8n D: 4R', 0],
    ['as published', 2],
  ])
  expect(configurations[1]).toMatchObject({
    params: 93_322,
    spec: { optimiser: { kind: 'momentum', learningRate: 0.01 } },
    // The preset's own, and what was asked for.
    runs: [{ settings: { epochs: 20, seed: 23, preprocessing: { scale: { kind: 'l2' } } } }],
  })
})

test('every number of a notation can vary', () => {
  const of = (options: string) =>
    plan(`{ base: { spec: 'C: 16n 16n d¼ 32n 32n d¼ D: 16R L2', ${options} } }`).configurations[0]!
      .recipe
  expect(of('convolutionsPerGroup: 1')).toBe('C: 16n d¼ 32n d¼ D: 16R L2')
  expect(of('convolutionsPerGroup: 3, dropout: 0')).toBe('C: (16n 16n 16n) (32n 32n 32n) D: 16R L2')
  expect(of('kernel: 5, batchNorm: false')).toBe('C: 16x5 16x5 d¼ 32x5 32x5 d¼ D: 16R L2')
  expect(of('pool: 3, l2: 0')).toBe('C: 16n 16n p3 d¼ 32n 32n p3 d¼ D: 16R')
  expect(of('denseUnits: [32, 8], denseDropout: 0.5')).toBe(
    'C: 16n 16n d¼ 32n 32n d¼ D: 32R d½ 8R d½ L2',
  )
  expect(of('denseLayers: 2')).toBe('C: 16n 16n d¼ 32n 32n d¼ D: 16R 16R L2')
  expect(of('denseLayers: 0')).toBe('C: 16n 16n d¼ 32n 32n d¼')
  expect(of('filters: 8')).toBe('C: 8n 8n d¼ D: 16R L2')
})

test('seeds and folds repeat each configuration', () => {
  const { configurations } = plan("{ base: { spec: 'C: 8 D: 4R' }, seeds: [1, 2], folds: 3 }")
  expect(configurations).toHaveLength(1)
  expect(configurations[0]!.runs.map(({ seed, settings }) => [seed, settings.fold])).toEqual([
    ...[[1, '1/3'], [1, '2/3'], [1, '3/3']],
    ...[[2, '1/3'], [2, '2/3'], [2, '3/3']],
  ]) // prettier-ignore
})

test('configurations that come out the same are trained once', () => {
  const { configurations } = plan("{ configurations: ['C: 8 8', 'C: 8 8'] }")
  expect(configurations).toHaveLength(1)
})

test.each([
  ['base: [', /^Line 1, column 8: this is no YAML: /, undefined],
  ['base: { filter: 8 }', /base: Unrecognized key: "filter"; there are filters, /, 'filter'],
  ['grid: { dropout: [0.5, 2] }', /grid\.dropout\.1: /, '2'],
  ["base: { spec: 'C: 8q' }", /configuration 1 \(C: 8q\): Character 5/, 'q'],
  ['base:\n  spec: C 8', /configuration 1 \(C 8\): Character 1/, 'C'],
  ['base: { preset: nothing }', /no preset nothing/, 'nothing'],
  ["base: { preset: digits, spec: 'C: 8' }", /give one of them/, 'C: 8'],
  ["configurations: ['C: 8', { spec: 'D: 4', epoch: 3 }]", /configurations\.1: Unrecognized key: "epoch"/, 'epoch'],
  ['{ base: { preset: pneumonia-deep }, grid: { kernel: [3, 5] } }', /kernel cannot change the preset/, 'pneumonia-deep'],
  ["{ base: { spec: 'C: 8 8', input: 2x2x1 }, configurations: ['C: 8 8 8 8'] }", /Layer conv2d_2 .* larger than its input/, 'C: 8 8 8 8'],
])('%s is refused with its place', (text, words, wrong) => {
  const found = mistake(text)
  expect(found.message).toMatch(words)
  if (wrong !== undefined) expect(found.wrong).toBe(wrong)
}) // prettier-ignore

test('a mistake is told by line and column, and by the option that it is in', () => {
  expect(mistake('name: a\ngrid:\n  dropout: [0, nine]\n')).toMatchObject({
    ...{ at: [3, 16], wrong: 'nine', option: 'grid.dropout.1' },
    message: expect.stringMatching(/^Line 3, column 16: grid\.dropout\.1: /) as string,
  })
  expect(mistake('base:\n  spec: "C: 16n 16q D: 8"\n')).toMatchObject({ at: [2, 19], wrong: 'q' })
})

test.each([
  ['base: { epochs: four }', 'base.epochs: a number is expected'],
  ['base: { epochs: 1.5 }', 'base.epochs: a whole number is expected'],
  ['base: { dropout: 2 }', 'base.dropout: at most 0.99 is expected'],
  ['base: { optimiser: adm }', 'base.optimiser: one of sgd, momentum, adam, adamw, rmsprop is expected'],
  ['base: { input: 28x28 }', 'base.input: HEIGHTxWIDTHx1 or HEIGHTxWIDTHx3'],
  ['base: { augmentation: { flip: true } }', 'base.augmentation: Unrecognized key: "flip"'],
  ['grid: [1]', 'grid: a group of options is expected'],
  ['halving: { keep: 1 }', 'halving.keep: less than 1 is expected'],
])('%s is told in plain words', (text, words) => {
  expect(mistake(text).message).toContain(words)
}) // prettier-ignore

test('the sweeps of the handbook can be planned', () => {
  const folder = join(__dirname, '../../../docs/sweeps')
  const counts = readdirSync(folder).map((name) => {
    const { configurations } = plan(readFileSync(join(folder, name), 'utf8'))
    return [name, configurations.length, configurations.flatMap(({ runs }) => runs).length]
  })
  expect(counts.sort()).toEqual([
    ['digits.yaml', 12, 12],
    ['normalisation.yaml', 3, 3],
    ['notation.yaml', 12, 24],
  ])
})

test('an empty text is the plain network once', () => {
  expect(plan('').configurations.map(({ recipe }) => recipe)).toEqual(['C: 16 16 32 32 D: 16R'])
})
