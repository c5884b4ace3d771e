/** Activations and their derivatives. */
import { assertNever } from '../../../shared/assertNever.ts'
import type { Activation } from '../../../shared/domain/modelSpec.ts'
import * as attribute from '../attributes.ts'
import type { GraphBuilder, Ref } from '../graphBuilder.ts'
import { inColour, weightless, type Context, type Lowered, type Value } from '../lowering.ts'
import type { Step } from '../primitives.ts'
import { add, complement, floats, multiply, scale, shift, subtract, sum } from '../ops.ts'

/** Keras 3's `leaky_relu`. */
export const LEAKY_SLOPE = 0.2

type Activate = Extract<Step, { kind: 'activate' }>

export function lowerActivation(
  { graph }: Context,
  { activation, backwardAtPool }: Activate,
  given: Value,
): Lowered {
  const input = activation === 'softmax' ? inColour(graph, given) : given
  const { result, derive } = activate(graph, activation, input.ref)
  return {
    output: { ...input, ref: result },
    backward: weightless((gradient) => [backwardAtPool ? gradient : derive(gradient)]),
  }
}

/** Gradient by what went in, from the result of an activation that never falls and the gradient by it. */
export function gradientByResult(
  graph: GraphBuilder,
  activation: Activation,
  result: Ref,
  gradient: Ref,
): Ref {
  switch (activation) {
    case 'relu':
    case 'relu6':
    case 'elu':
      return floats(graph, gradientOf[activation], gradient, result)
    case 'leakyRelu':
      // It asks for the sign alone, which is the same before and after.
      return graph.op('LeakyReluGrad', [gradient, result], leaky)
    case 'sigmoid':
      return floats(graph, 'SigmoidGrad', result, gradient)
    case 'linear':
      return gradient
    case 'swish':
    case 'gelu':
    case 'softmax':
      throw new TypeError(`The derivative of ${activation} does not follow from its result`)
    default:
      return assertNever(activation)
  }
}

const gradientOf = { relu: 'ReluGrad', relu6: 'Relu6Grad', elu: 'EluGrad' } as const
const leaky = { T: attribute.type('float'), alpha: attribute.real(LEAKY_SLOPE) }

interface Activated {
  readonly result: Ref
  /** Gradient by what went in, from that by the result. */
  readonly derive: (gradient: Ref) => Ref
}

/** The activation of any tensor with channels last. */
function activate(graph: GraphBuilder, activation: Activation, x: Ref): Activated {
  switch (activation) {
    case 'linear':
      return { result: x, derive: (gradient) => gradient }
    case 'relu':
      return byResult(graph, activation, floats(graph, 'Relu', x))
    case 'relu6':
      return byResult(graph, activation, floats(graph, 'Relu6', x))
    case 'elu':
      return byResult(graph, activation, floats(graph, 'Elu', x))
    case 'leakyRelu':
      return byResult(graph, activation, graph.op('LeakyRelu', [x], leaky))
    case 'sigmoid':
      return byResult(graph, activation, floats(graph, 'Sigmoid', x))
    case 'swish':
      return swish(graph, x)
    case 'gelu':
      return gelu(graph, x)
    case 'softmax':
      return softmax(graph, x)
    default:
      return assertNever(activation)
  }
}

const byResult = (graph: GraphBuilder, activation: Activation, result: Ref): Activated => ({
  result,
  derive: (gradient) => gradientByResult(graph, activation, result, gradient),
})

/** x·σ(x); its derivative is σ(x)·(1 + x·(1 − σ(x))). */
function swish(graph: GraphBuilder, x: Ref): Activated {
  const sigma = floats(graph, 'Sigmoid', x)
  return {
    result: multiply(graph, x, sigma),
    derive: (gradient) => {
      const inner = shift(graph, multiply(graph, x, complement(graph, sigma)), 1)
      return multiply(graph, gradient, multiply(graph, sigma, inner))
    },
  }
}

/** x·Φ(x) with the normal distribution Φ(x) = (1 + erf(x/√2))/2; its derivative is Φ(x) + x·φ(x). */
function gelu(graph: GraphBuilder, x: Ref): Activated {
  const erf = floats(graph, 'Erf', scale(graph, x, Math.SQRT1_2))
  const cumulative = scale(graph, shift(graph, erf, 1), 0.5)
  return {
    result: multiply(graph, x, cumulative),
    derive: (gradient) => {
      const bell = floats(graph, 'Exp', scale(graph, floats(graph, 'Square', x), -0.5))
      const density = scale(graph, bell, 1 / Math.sqrt(2 * Math.PI))
      return multiply(graph, gradient, add(graph, cumulative, multiply(graph, x, density)))
    },
  }
}

/** Over the last axis; the gradient by x is s·(g − Σ g·s). */
function softmax(graph: GraphBuilder, x: Ref): Activated {
  const result = floats(graph, 'Softmax', x)
  return {
    result,
    derive: (gradient) => {
      const mixed = sum(graph, multiply(graph, gradient, result), [-1], true)
      return multiply(graph, result, subtract(graph, gradient, mixed))
    },
  }
}
