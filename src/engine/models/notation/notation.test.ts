import fc from 'fast-check'
import { expect, test } from 'vitest'
import { AppError } from '../../../shared/errors.ts'
import { recipes } from '../presets.ts'
import { summarise } from '../summary.ts'
import { notationOf } from './fromSpec.ts'
import { NotationError, type Convolution, type Dense, type Group } from './notation.ts'
import { parseNotation } from './parse.ts'
import { printNotation } from './print.ts'
import { readNotation } from './read.ts'
import { notationSpec } from './toSpec.ts'

const ends = { input: { height: 180, width: 180, channels: 3 }, classes: 10 } as const
const summaryOf = (text: string) => summarise(notationSpec(parseNotation(text), ends), 32)

test('the two published configurations have their parameters, in all and in the first dense layer', () => {
  const first = summaryOf('C: 16n 16n d¼ 32n 32n d¼ D: 16R L2')
  expect(first.totalParams).toBe(963_914)
  expect(first.layers.find(({ type }) => type === 'dense')).toMatchObject({ params: 946_704 })
  expect(first.layers.find(({ type }) => type === 'flatten')).toMatchObject({
    outputShape: [43 * 43 * 32],
  })
  const second = summaryOf('C: 16n 16n d¼ 32n 32n d¼ D: 8R 8R')
  expect(second.totalParams).toBe(490_554)
  expect(second.layers.find(({ type }) => type === 'dense')).toMatchObject({ params: 473_352 })
})

const shown = (text: string) =>
  notationSpec(parseNotation(text), ends).layers.map((layer) => {
    switch (layer.type) {
      case 'conv2d':
        return `conv ${layer.filters} ${layer.kernel.join('×')} ${layer.padding} ${layer.activation}`
      case 'maxPool':
        return `pool ${layer.pool.join('×')}`
      case 'dropout':
        return `dropout ${layer.rate}`
      case 'dense':
        return `dense ${layer.units} ${layer.activation} ${layer.l2}`
      default:
        return layer.type
    }
  })

test('convolutions fall into pairs: same, then valid, closed by a pool and its dropout', () => {
  expect(shown('C: 16n 16 d¼ 32 32 D: 8R')).toEqual([
    ...['conv 16 3×3 same relu', 'batchNormalization', 'conv 16 3×3 valid relu', 'pool 2×2'],
    ...['dropout 0.25', 'conv 32 3×3 same relu', 'conv 32 3×3 valid relu', 'pool 2×2'],
    ...['flatten', 'dense 8 relu 0', 'dense 10 softmax 0'],
  ])
})

test('an odd convolution is a group of its own, at the end or where a pool or a dropout closes it', () => {
  expect(shown('C: 8 8 16')).toEqual([
    ...['conv 8 3×3 same relu', 'conv 8 3×3 valid relu', 'pool 2×2'],
    ...['conv 16 3×3 same relu', 'pool 2×2', 'flatten', 'dense 10 softmax 0'],
  ])
  expect(shown('C: 8 d½ 16 p3 32').filter((layer) => !layer.startsWith('dense'))).toEqual([
    ...['conv 8 3×3 same relu', 'pool 2×2', 'dropout 0.5'],
    ...['conv 16 3×3 same relu', 'pool 3×3', 'conv 32 3×3 same relu', 'pool 2×2', 'flatten'],
  ])
})

test('brackets hold a group of any number; its last convolution is valid', () => {
  expect(shown('C: (8 8 8x5) p3 d20% D:').slice(0, 5)).toEqual([
    ...['conv 8 3×3 same relu', 'conv 8 3×3 same relu', 'conv 8 5×5 valid relu'],
    ...['pool 3×3', 'dropout 0.2'],
  ])
})

test('kernel, padding and batch normalisation stand behind the number in any order', () => {
  expect(shown('C: 16x5vn 16nsx7').slice(0, 4)).toEqual([
    ...['conv 16 5×5 valid relu', 'batchNormalization'],
    ...['conv 16 7×7 same relu', 'batchNormalization'],
  ])
})

test.each(['d¼', 'd1/4', 'd1⁄4', 'd0.25', 'd.25', 'd25%', 'd25.0%', 'D¼'])(
  '%s is a dropout of a quarter',
  (text) => {
    expect(parseNotation(`C: 8 8 ${text}`).groups[0]!.dropout).toBe(0.25)
  },
)

test('L2 acts on the dense layers before it that have no factor yet, never on the output', () => {
  expect(shown('D: 32R d½ 16 L2 8Rn L2(1e-3)')).toEqual([
    ...['flatten', 'dense 32 relu 0.01', 'dropout 0.5', 'dense 16 linear 0.01'],
    ...['dense 8 relu 0.001', 'batchNormalization', 'dense 10 softmax 0'],
  ])
  expect(shown('D: 8 L2(0) 4 L2')).toEqual([
    ...['flatten', 'dense 8 linear 0', 'dense 4 linear 0.01', 'dense 10 softmax 0'],
  ])
})

test('two classes end in one sigmoid unit', () => {
  const spec = notationSpec(parseNotation('C: 8 8 D: 4R'), { ...ends, classes: 2 })
  expect(spec.layers.at(-1)).toMatchObject({ units: 1, activation: 'sigmoid' })
  expect(spec.loss.kind).toBe('binaryCrossentropy')
})

test.each([
  ['', 0, 1, /begins with C:/],
  ['16n 16n', 0, 3, /begins with C:/],
  ['C: 16q 8', 5, 1, /«q» cannot stand here/],
  ['C: 16R', 5, 1, /R is for dense layers/],
  ['C: 16nn', 6, 1, /one too many/],
  ['C: 16sv', 6, 1, /one too many/],
  ['C: 0', 3, 1, /from 1 to 65,536 filters/],
  ['C: 16x', 5, 1, /side of the kernel is missing/],
  ['C: 16 16 d', 9, 1, /rate of the dropout is missing/],
  ['C: 16 16 d25', 9, 3, /share from 0 to 0.99/],
  ['C: 16 16 d¼ d½', 12, 2, /dropout already/],
  ['C: d¼ 16', 3, 2, /no convolutions before/],
  ['C: 16 16 d¼ p3', 12, 2, /comes before its dropout/],
  ['C: 16 p2 p3', 9, 2, /pooling already/],
  ['C: 16 p1', 6, 2, /2 or more/],
  ['C: (16 16', 3, 6, /not closed/],
  ['C: ()', 3, 2, /needs a convolution/],
  ['C: L2', 3, 2, /what is «L2»/],
  ['C: D:', 5, 1, /there is no layer/],
  ['D: 16x5', 5, 2, /«x5» cannot stand here/],
  ['D: L2', 3, 2, /no dense layer before this L2/],
  ['D: 16 L2 L2', 9, 2, /no dense layer before this L2 that has none/],
  ['D: 16 L2(', 9, 1, /factor of L2 is missing/],
  ['D: 16 L2(0.1', 12, 1, /not closed/],
  ['D: 8 C: 16', 5, 1, /come before the dense/],
])('«%s» is refused at character %i', (text, position, length, words) => {
  const read = () => parseNotation(text)
  expect(read).toThrow(words)
  expect(read).toThrow(expect.objectContaining({ position, length, code: 'BAD_INPUT' }))
  expect(read).toThrow(NotationError)
  expect(read).toThrow(AppError)
})

test('an input too small for the layers is a mistake of the whole text, named by layer', () => {
  const input = { height: 8, width: 8, channels: 1 } as const
  const text = 'C: 4 4 4 4 4 4'
  expect(readNotation({ text, input, classes: 3 })).toEqual({
    kind: 'mistake',
    ...{
      message: expect.stringMatching(/^Layer maxPool_2 .* larger than its input/) as unknown,
      position: 0,
      length: 14,
    },
  })
})

const convolution: fc.Arbitrary<Convolution> = fc
  .record({
    filters: fc.integer({ min: 1, max: 512 }),
    kernel: fc.constantFrom(1, 3, 3, 5, 7),
    isNormalised: fc.boolean(),
    padding: fc.constantFrom(undefined, undefined, 'same' as const, 'valid' as const),
  })
  .map(({ padding, ...rest }) => ({ ...rest, ...(padding && { padding }) }))
const dropout = fc
  .option(fc.constantFrom(0, 0.1, 0.2, 0.25, 1 / 3, 0.5, 0.123, 1e-7, 0.99), { nil: undefined })
  .map((rate) => (rate === undefined ? {} : { dropout: rate }))
const group: fc.Arbitrary<Group> = fc
  .tuple(
    fc.array(convolution, { minLength: 1, maxLength: 4 }),
    fc.constantFrom(2, 2, 3, 4),
    dropout,
  )
  .map(([convolutions, pool, rate]) => ({ convolutions, pool, ...rate }))
const dense: fc.Arbitrary<Dense> = fc
  .tuple(
    fc.record({
      units: fc.integer({ min: 1, max: 4096 }),
      isNormalised: fc.boolean(),
      hasRelu: fc.boolean(),
      l2: fc.constantFrom(0, 0.01, 0.001, 1e-7),
    }),
    dropout,
  )
  .map(([layer, rate]) => ({ ...layer, ...rate }))
const notation = fc
  .record({
    groups: fc.array(group, { maxLength: 4 }),
    dense: fc.array(dense, { maxLength: 4 }),
  })
  .filter(({ groups, dense: layers }) => groups.length + layers.length > 0)

test('what is printed reads back as the same network', () => {
  fc.assert(
    fc.property(notation, (network) => {
      expect(parseNotation(printNotation(network))).toEqual(network)
    }),
    { numRuns: 500 },
  )
})

test('a text of any characters is read, or refused with a place inside it or right behind it', () => {
  const piece = fc.constantFrom(...'C:,D:,16,n,R,d,¼,1/4,L2,(,),p3,x5,s,v, , ,%,é'.split(','))
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
      const text = pieces.join('')
      try {
        const printed = printNotation(parseNotation(text))
        expect(printNotation(parseNotation(printed))).toBe(printed)
      } catch (cause) {
        if (!(cause instanceof NotationError)) throw cause
        expect(cause.position).toBeLessThanOrEqual(text.length)
        expect(cause.length).toBeGreaterThan(0)
      }
    }),
    { numRuns: 1000 },
  )
})

test('a network of layers is written as a notation where it is one, and only there', () => {
  fc.assert(
    fc.property(notation, (network) => {
      const spec = notationSpec(network, ends)
      const text = notationOf(spec)
      expect(text).toBeDefined()
      expect(notationSpec(parseNotation(text!), ends).layers).toEqual(spec.layers)
    }),
  )
  const baseline = recipes.find(({ name }) => name === 'pneumonia-baseline')!
  expect(notationOf(baseline.spec)).toBeUndefined()
})
