/** Activations and their derivatives. */
import { assertNever } from '../../../shared/assertNever.ts'
import type { Activation } from '../../../shared/domain/modelSpec.ts'
import * as attribute from '../attributes.ts'
import type { GraphBuilder, Ref } from '../graphBuilder.ts'
import { inColour, weightless, type Context, type Lowered, type Value } from '../lowering.ts'
import { add, complement, floats, multiply, scale, shift, subtract, sum } from '../ops.ts'

/** Keras 3's `leaky_relu`. */
export const LEAKY_SLOPE = 0.2

export function lowerActivation({ graph }: Context, activation: Activation, given: Value): Lowered {
  const input = activation === 'softmax' ? inColour(graph, given) : given
  const { result, derive } = activate(graph, activation, input.ref)
  return {
    output: { ...input, ref: result },
    backward: weightless((gradient) => [derive(gradient)]),
  }
}

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
      return byResult(graph, 'Relu', 'ReluGrad', x)
    case 'relu6':
      return byResult(graph, 'Relu6', 'Relu6Grad', x)
    case 'elu':
      return byResult(graph, 'Elu', 'EluGrad', x)
    case 'leakyRelu':
      return leakyRelu(graph, x)
    case 'sigmoid': {
      const result = floats(graph, 'Sigmoid', x)
      return { result, derive: (gradient) => floats(graph, 'SigmoidGrad', result, gradient) }
    }
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

function byResult(graph: GraphBuilder, forward: string, backward: string, x: Ref): Activated {
  const result = floats(graph, forward, x)
  return { result, derive: (gradient) => floats(graph, backward, gradient, result) }
}

function leakyRelu(graph: GraphBuilder, x: Ref): Activated {
  const attributes = { T: attribute.type('float'), alpha: attribute.real(LEAKY_SLOPE) }
  return {
    result: graph.op('LeakyRelu', [x], attributes),
    derive: (gradient) => graph.op('LeakyReluGrad', [gradient, x], attributes),
  }
}

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
