/** Graph variables by name: made once, read and written in groups. */
import type { Shape } from '../models/layerShape.ts'
import * as attribute from './attributes.ts'
import type { GraphBuilder, Ref } from './graphBuilder.ts'

export interface Variable {
  readonly name: string
  readonly shape: Shape
  /** The resource. */
  readonly handle: Ref
}

const float = { dtype: attribute.type('float') }

/** A float variable. It holds nothing until it is assigned. */
export function makeVariable(graph: GraphBuilder, name: string, shape: Shape): Variable {
  const handle = graph.op(
    'VarHandleOp',
    [],
    {
      ...float,
      shape: attribute.shape(shape),
      shared_name: attribute.text(name),
      container: attribute.text(''),
    },
    { name: `variable/${name}` },
  )
  return { name, shape, handle }
}

export const readVariable = (graph: GraphBuilder, variable: Variable, after: readonly Ref[] = []) =>
  graph.op('ReadVariableOp', [variable.handle], float, { after })

/** Assigns, or adds to, or takes from a variable. */
export const change = (
  graph: GraphBuilder,
  how: 'Assign' | 'AssignAdd' | 'AssignSub',
  variable: Variable,
  value: Ref,
  after: readonly Ref[] = [],
): Ref => graph.op(`${how}VariableOp`, [variable.handle, value], float, { after })

/** A node to fetch so that all of `actions` run. */
export const together = (graph: GraphBuilder, name: string, actions: readonly Ref[]): Ref =>
  graph.op('Identity', [graph.float(0)], { T: attribute.type('float') }, { name, after: actions })

/** Names under which a variable is fed and fetched by hand. */
export const feedOf = (name: string): string => `write/${name}`
export const fetchOf = (name: string): string => `read/${name}`

/**
 * Lets our side read these variables, and write them all at once by fetching `write/<group>`. What is written is copied
 * first: a variable keeps the very memory it is assigned, and that of a fed array is Node's, which only Node's own thread
 * may let go of. Where a step replaces it, TensorFlow's threads would, several at a time.
 */
export function exposeGroup(
  graph: GraphBuilder,
  group: string,
  variables: readonly Variable[],
): void {
  const writes = variables.map((variable) => {
    graph.op('ReadVariableOp', [variable.handle], float, { name: fetchOf(variable.name) })
    const given = graph.placeholder(feedOf(variable.name), 'float', variable.shape)
    const copied = graph.op('DeepCopy', [given], { T: attribute.type('float') })
    return change(graph, 'Assign', variable, copied)
  })
  together(graph, feedOf(group), writes)
}
