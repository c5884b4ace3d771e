/** TensorFlow's operations as functions on float tensors, where several rooms of the lowering need them. */
import * as attribute from './attributes.ts'
import type { DataType } from './attributes.ts'
import type { GraphBuilder, Ref } from './graphBuilder.ts'

type Graph = GraphBuilder
const T = { T: attribute.type('float') }

/** An operation whose only attribute is its element type, float. */
export const floats = (graph: Graph, operation: string, ...inputs: readonly Ref[]): Ref =>
  graph.op(operation, inputs, T)

export const add = (graph: Graph, a: Ref, b: Ref): Ref => floats(graph, 'AddV2', a, b)
export const subtract = (graph: Graph, a: Ref, b: Ref): Ref => floats(graph, 'Sub', a, b)
export const multiply = (graph: Graph, a: Ref, b: Ref): Ref => floats(graph, 'Mul', a, b)
export const divide = (graph: Graph, a: Ref, b: Ref): Ref => floats(graph, 'RealDiv', a, b)
/** a × a constant. */
export const scale = (graph: Graph, a: Ref, factor: number): Ref =>
  factor === 1 ? a : multiply(graph, a, graph.float(factor))
/** a + a constant. */
export const shift = (graph: Graph, a: Ref, offset: number): Ref =>
  offset === 0 ? a : add(graph, a, graph.float(offset))
/** 1 − a. */
export const complement = (graph: Graph, a: Ref): Ref => subtract(graph, graph.float(1), a)
export const identity = (graph: Graph, a: Ref, name: string, after: readonly Ref[] = []): Ref =>
  graph.op('Identity', [a], T, { name, after })

/** The sum of several; itself when there is one. */
export function sumOf(graph: Graph, terms: readonly Ref[]): Ref {
  const [first] = terms
  if (first === undefined) throw new TypeError('Nothing to sum')
  return terms.length === 1
    ? first
    : graph.op('AddN', terms, { N: attribute.int(terms.length), ...T })
}

export const cast = (graph: Graph, a: Ref, from: DataType, to: DataType): Ref =>
  graph.op('Cast', [a], { SrcT: attribute.type(from), DstT: attribute.type(to) })

/** Sizes of all sides, int32. */
export const shapeOf = (graph: Graph, a: Ref): Ref => floats(graph, 'Shape', a)

/** `shape` holds −1 for the side that follows from the others. */
export const reshape = (graph: Graph, a: Ref, shape: readonly number[]): Ref =>
  graph.op('Reshape', [a, graph.ints(shape)], T)
export const broadcastTo = (graph: Graph, a: Ref, shape: Ref): Ref =>
  graph.op('BroadcastTo', [a, shape], T)

const reduction = (keep: boolean) => ({ ...T, keep_dims: attribute.flag(keep) })
export const sum = (graph: Graph, a: Ref, axes: readonly number[], keep = false): Ref =>
  graph.op('Sum', [a, graph.ints(axes)], reduction(keep))
export const mean = (graph: Graph, a: Ref, axes: readonly number[], keep = false): Ref =>
  graph.op('Mean', [a, graph.ints(axes)], reduction(keep))

/** Matrix product, either factor transposed on the way. */
export const matrixProduct = (graph: Graph, a: Ref, b: Ref, transpose: 'none' | 'a' | 'b'): Ref =>
  graph.op('MatMul', [a, b], {
    ...T,
    transpose_a: attribute.flag(transpose === 'a'),
    transpose_b: attribute.flag(transpose === 'b'),
  })

/** Row `index` of a one-dimensional int32 tensor, as a scalar. */
const element = (graph: Graph, a: Ref, index: number): Ref =>
  graph.op('StridedSlice', [a, graph.ints([index]), graph.ints([index + 1]), graph.ints([1])], {
    T: attribute.type('int32'),
    Index: attribute.type('int32'),
    shrink_axis_mask: attribute.int(1),
  })

/** Number of films, int32, of a tensor with the batch first. */
export const batchOf = (graph: Graph, a: Ref): Ref => element(graph, shapeOf(graph, a), 0)

/** Part of a tensor; −1 in `size` is all that follows. */
export const slice = (
  graph: Graph,
  a: Ref,
  begin: readonly number[],
  size: readonly number[],
): Ref =>
  graph.op('Slice', [a, graph.ints(begin), graph.ints(size)], {
    ...T,
    Index: attribute.type('int32'),
  })

export const concatenate = (graph: Graph, parts: readonly Ref[], axis: number): Ref =>
  graph.op('ConcatV2', [...parts, graph.int(axis)], {
    ...T,
    N: attribute.int(parts.length),
    Tidx: attribute.type('int32'),
  })

/** One int32 vector of scalars. */
export const pack = (graph: Graph, scalars: readonly Ref[]): Ref =>
  graph.op('Pack', scalars, {
    T: attribute.type('int32'),
    N: attribute.int(scalars.length),
    axis: attribute.int(0),
  })

/** Draws in [0, 1), or from the standard normal, that depend on `seed` (two int32) and the shape alone. */
export const random = (
  graph: Graph,
  distribution: 'Uniform' | 'Normal',
  shape: Ref,
  seed: Ref,
): Ref =>
  graph.op(`StatelessRandom${distribution}`, [shape, seed], {
    dtype: attribute.type('float'),
    T: attribute.type('int32'),
    Tseed: attribute.type('int32'),
  })
