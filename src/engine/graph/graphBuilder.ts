/** Collects the nodes of one TensorFlow graph. */
import * as attribute from './attributes.ts'
import type { Attribute, DataType } from './attributes.ts'
import { delimited, integer, message } from './protobuf.ts'

/** One output of a node: `node` is its first, `node:1` its second. */
export type Ref = string

const floatType = attribute.type('float')
const bfloat16Type = attribute.type('bfloat16')

/** Version of the graph format that TensorFlow 2.21 writes (`TF_GRAPH_DEF_VERSION`). */
const GRAPH_VERSION = 1882

export interface NodeOptions {
  /** Exact name, for what is fed or fetched; otherwise made from scope and operation. */
  readonly name?: string
  /** Nodes that must have run before this one, though it takes nothing from them. */
  readonly after?: readonly Ref[]
}

export class GraphBuilder {
  readonly #nodes: Buffer[] = []
  readonly #names = new Set<string>()
  readonly #consumers = new Map<string, Set<string>>()
  #scope = ''
  #floats: 'float' | 'bfloat16' = 'float'

  /** Adds a node; gives its first output. */
  op(
    operation: string,
    inputs: readonly Ref[],
    attributes: Readonly<Record<string, Attribute>> = {},
    options: NodeOptions = {},
  ): Ref {
    if (this.#floats === 'float') return this.#add(operation, inputs, attributes, options)
    const halved = Object.entries(attributes).map(
      ([key, value]) => [key, value.equals(floatType) ? bfloat16Type : value] as const,
    )
    return this.#add(operation, inputs, Object.fromEntries(halved), options)
  }

  #add(
    operation: string,
    inputs: readonly Ref[],
    attributes: Readonly<Record<string, Attribute>>,
    { name, after = [] }: NodeOptions = {},
  ): Ref {
    const node = name ?? `${this.#scope}${operation}_${this.#nodes.length}`
    if (this.#names.has(node)) throw new TypeError(`The graph has a node ${node} already`)
    this.#names.add(node)
    const waits = [...new Set(after.map(nodeOf))]
    for (const input of [...inputs, ...waits]) this.#consume(nodeOf(input), node)
    this.#nodes.push(
      message(
        delimited(1, node),
        delimited(2, operation),
        ...inputs.map((input) => delimited(3, input)),
        ...waits.map((wait) => delimited(3, `^${wait}`)),
        ...Object.entries(attributes).map(([key, value]) =>
          delimited(5, message(delimited(1, key), delimited(2, value))),
        ),
      ),
    )
    return node
  }

  /** Runs `build` with names that start with `scope/`: TensorFlow's errors name nodes. */
  within<T>(scope: string, build: () => T): T {
    const outer = this.#scope
    this.#scope = `${outer}${scope}/`
    try {
      return build()
    } finally {
      this.#scope = outer
    }
  }

  /** Within `build` all floats are of this type; bfloat16 has half the bytes, and 8 binary digits of 24. */
  withFloats<T>(type: 'float' | 'bfloat16', build: () => T): T {
    const outer = this.#floats
    this.#floats = type
    try {
      return build()
    } finally {
      this.#floats = outer
    }
  }

  placeholder(name: string, type: DataType, shape: readonly number[]): Ref {
    return this.op(
      'Placeholder',
      [],
      { dtype: attribute.type(type), shape: attribute.shape(shape) },
      { name },
    )
  }

  /** A scalar. */
  float(value: number): Ref {
    return this.#floats === 'float'
      ? this.#constant('float', [], [value])
      : this.toBfloat16(this.#constant('float', [], [value]))
  }

  /** Rounded to bfloat16. */
  toBfloat16(a: Ref): Ref {
    return this.#cast(a, floatType, bfloat16Type)
  }

  fromBfloat16(a: Ref): Ref {
    return this.#cast(a, bfloat16Type, floatType)
  }

  /** A scalar. */
  int(value: number): Ref {
    return this.#constant('int32', [], [value])
  }

  /** A vector. */
  floats(values: readonly number[]): Ref {
    return this.#constant('float', [values.length], values)
  }

  ints(values: readonly number[]): Ref {
    return this.#constant('int32', [values.length], values)
  }

  /** A whole-number matrix, row by row. */
  intMatrix(rows: readonly (readonly number[])[]): Ref {
    return this.#constant('int32', [rows.length, rows[0]?.length ?? 0], rows.flat())
  }

  #constant(type: 'float' | 'int32', shape: readonly number[], values: readonly number[]): Ref {
    return this.#add('Const', [], {
      dtype: attribute.type(type),
      value: attribute.tensor(type, shape, values),
    })
  }

  #cast(a: Ref, from: Attribute, to: Attribute): Ref {
    return this.#add('Cast', [a], { SrcT: from, DstT: to })
  }

  /** Nodes that take any output of the node behind `ref`. */
  consumersOf(ref: Ref): Ref[] {
    return [...(this.#consumers.get(nodeOf(ref)) ?? [])]
  }

  #consume(from: string, to: string): void {
    const consumers = this.#consumers.get(from) ?? new Set()
    this.#consumers.set(from, consumers.add(to))
  }

  /** The finished graph as a `SavedModel` message with one graph under the tag `serve`. */
  savedModel(): Buffer {
    const graph = message(
      ...this.#nodes.map((node) => delimited(1, node)),
      delimited(4, integer(1, GRAPH_VERSION)),
    )
    const info = message(delimited(4, 'serve'), delimited(5, '2.21.0'))
    return message(integer(1, 1), delimited(2, message(delimited(1, info), delimited(2, graph))))
  }
}

const nodeOf = (ref: Ref): string => ref.split(':', 1)[0]!
