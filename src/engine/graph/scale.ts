/** From stored pixels to network input, in the graph, so that training, scoring and explanation all do the same. */
import type { Scale } from '../../shared/domain/preprocessing.ts'
import * as attribute from './attributes.ts'
import type { GraphBuilder, Ref } from './graphBuilder.ts'
import { inColour, type Value } from './lowering.ts'
import {
  add,
  cast,
  divide,
  floats,
  mean,
  multiply,
  scale,
  shift,
  slice,
  subtract,
  sum,
} from './ops.ts'

const HEIGHT = 1
const WIDTH = 2
const CHANNELS = 3

/** `films` are floats 0–255, [films, height, width, stored channels]. */
export function lowerScale(graph: GraphBuilder, scaling: Scale, films: Value): Value {
  if (scaling === 'none') return films
  if (scaling === 'unit') return { ...films, ref: scale(graph, films.ref, 1 / 255) }
  switch (scaling.kind) {
    case 'l2': {
      const axis = scaling.axis === 'height' ? HEIGHT : WIDTH
      return { ...films, ref: overLength(graph, films.ref, axis) }
    }
    case 'standardise':
      return { ...films, ref: standardised(graph, films) }
    case 'dataset':
      return centred(graph, films, scaling.measured)
    case 'centre':
      return { ...films, ref: byCentre(graph, films) }
  }
}

/** x / √Σx² along the axis; nothing but zeros stays zeros, as in Keras. */
function overLength(graph: GraphBuilder, x: Ref, axis: number): Ref {
  const squares = sum(graph, floats(graph, 'Square', x), [axis], true)
  const isZero = graph.op('Equal', [squares, graph.float(0)], { T: attribute.type('float') })
  const safe = add(graph, squares, cast(graph, isZero, 'bool', 'float'))
  return multiply(graph, x, floats(graph, 'Rsqrt', safe))
}

/** (x − mean) / max(deviation, 1 / √values): the bound keeps a film of one grey from a division by zero. */
function standardised(graph: GraphBuilder, { ref, shape }: Value): Ref {
  const all = [HEIGHT, WIDTH, CHANNELS]
  const offset = subtract(graph, ref, mean(graph, ref, all, true))
  const variance = mean(graph, floats(graph, 'Square', offset), all, true)
  const values = shape.reduce((product, side) => product * side, 1)
  const least = graph.float(1 / Math.sqrt(values))
  const deviation = floats(graph, 'Maximum', floats(graph, 'Sqrt', variance), least)
  return floats(graph, 'RealDiv', offset, deviation)
}

interface Measured {
  readonly mean: readonly number[]
  readonly deviation: readonly number[]
}

/** Three means tell channels apart, so a grey film then takes all of its channels. */
function centred(graph: GraphBuilder, films: Value, measured: Measured | undefined): Value {
  // A network that is to be trained is made after its films were measured; until then nothing is known to subtract.
  if (!measured) return films
  const value = measured.mean.length > 1 ? inColour(graph, films) : films
  const offset = subtract(graph, value.ref, constantsOf(graph, measured.mean))
  const deviation = constantsOf(graph, measured.deviation.map(atLeastOneStep))
  return { ...value, ref: floats(graph, 'RealDiv', offset, deviation) }
}

const constantsOf = (graph: GraphBuilder, values: readonly number[]): Ref =>
  values.length === 1 ? graph.float(values[0]!) : graph.floats(values)

/**
 * (x − m) / (d + 0.001) · 50/128, between −127/128 and 1, with mean m and deviation d of a film without its outer
 * eighths: exposure and borders change little, and the range is that of networks trained on (x − 127) / 128.
 */
export const byMiddle = {
  /** One part of so many is left out at each edge. */
  border: 8,
  deviation: 50 / 128,
  lowest: -127 / 128,
  highest: 1,
  epsilon: 1e-3,
} as const

function byCentre(graph: GraphBuilder, { ref, shape }: Value): Ref {
  const { begin, size } = middleOf(shape[0]!, shape[1]!)
  const middle = slice(graph, ref, [...begin, 0], [...size, -1])
  const all = [HEIGHT, WIDTH, CHANNELS]
  const average = mean(graph, middle, all, true)
  const squares = floats(graph, 'Square', subtract(graph, middle, average))
  const deviation = floats(graph, 'Sqrt', mean(graph, squares, all, true))
  const away = subtract(graph, ref, average)
  const quotient = divide(graph, away, shift(graph, deviation, byMiddle.epsilon))
  const wide = scale(graph, quotient, byMiddle.deviation)
  const atLeast = floats(graph, 'Maximum', wide, graph.float(byMiddle.lowest))
  return floats(graph, 'Minimum', atLeast, graph.float(byMiddle.highest))
}

/** Film, row and column where the middle of films begins, and its extent; −1 is all films. */
export function middleOf(height: number, width: number) {
  const top = Math.floor(height / byMiddle.border)
  const left = Math.floor(width / byMiddle.border)
  return { begin: [0, top, left], size: [-1, height - 2 * top, width - 2 * left] } as const
}

/** Films of one grey deviate by nothing; one step of 256 keeps their quotient finite. */
export const atLeastOneStep = (deviation: number): number => Math.max(deviation, 1)
