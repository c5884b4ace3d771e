/** One description of a network; summary, tfjs-layers model and TensorFlow graph are views of it. */
import { z } from 'zod'

/** `leakyRelu` has slope 0.2 below zero (Keras 3's `leaky_relu`); `elu` has α = 1; `gelu` is the exact one, by erf. */
export const Activation = z.enum([
  'linear',
  'relu',
  'relu6',
  'leakyRelu',
  'elu',
  'gelu',
  'swish',
  'sigmoid',
  'softmax',
])
export type Activation = z.infer<typeof Activation>

export const Initializer = z.enum([
  'glorotUniform',
  'glorotNormal',
  'heUniform',
  'heNormal',
  'zeros',
  'ones',
])
export type Initializer = z.infer<typeof Initializer>

/** `valid` keeps what the kernel covers whole; `same` pads as TensorFlow does (more on the far side). */
export const Padding = z.enum(['valid', 'same'])
export type Padding = z.infer<typeof Padding>

/** [height, width], at least 1 each. */
const Pair = z.tuple([z.int().min(1).max(64), z.int().min(1).max(64)])
const rate = z.number().min(0).max(0.99)
const units = z.int().min(1).max(65_536)

const common = {
  /** Unique in the model; summary and weights use it. Left out: the type, counted from 1 (`conv2d_1`). */
  name: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$/, 'use letters, digits, _ . and - (at most 100)')
    .optional(),
  /** Names of the layers that feed this one, `input` for the film; left out: the layer before it (or the film). */
  inputs: z.array(z.string()).min(1).optional(),
  /** A frozen layer keeps its weights; in batch normalisation also its moving statistics. */
  frozen: z.boolean().optional(),
}
const weighted = {
  activation: Activation.default('linear'),
  useBias: z.boolean().default(true),
  kernelInitializer: Initializer.default('glorotUniform'),
  /** Factor λ of the penalty λ·Σw² on the kernel (on both kernels of a separable convolution). */
  l2: z.number().min(0).max(10).default(0),
}
const window = {
  kernel: Pair.default([3, 3]),
  strides: Pair.default([1, 1]),
  padding: Padding.default('valid'),
  dilation: Pair.default([1, 1]),
}
const pooling = {
  pool: Pair.default([2, 2]),
  /** As the pool when left out. */
  strides: Pair.optional(),
  padding: Padding.default('valid'),
}

export const LayerSpec = z.discriminatedUnion('type', [
  z.object({ ...common, type: z.literal('conv2d'), filters: units, ...window, ...weighted }),
  z.object({
    ...common,
    type: z.literal('depthwiseConv2d'),
    depthMultiplier: z.int().min(1).max(64).default(1),
    ...window,
    ...weighted,
  }),
  z.object({
    ...common,
    type: z.literal('separableConv2d'),
    filters: units,
    depthMultiplier: z.int().min(1).max(64).default(1),
    ...window,
    ...weighted,
  }),
  z.object({ ...common, type: z.literal('dense'), units, ...weighted }),
  z.object({
    ...common,
    type: z.literal('batchNormalization'),
    momentum: z.number().min(0).max(1).default(0.99),
    epsilon: z.number().positive().max(1).default(1e-3),
  }),
  z.object({ ...common, type: z.literal('maxPool'), ...pooling }),
  z.object({ ...common, type: z.literal('averagePool'), ...pooling }),
  z.object({ ...common, type: z.literal('globalAveragePool') }),
  z.object({ ...common, type: z.literal('globalMaxPool') }),
  z.object({ ...common, type: z.literal('dropout'), rate }),
  z.object({ ...common, type: z.literal('spatialDropout'), rate }),
  z.object({ ...common, type: z.literal('flatten') }),
  z.object({ ...common, type: z.literal('activation'), activation: Activation }),
  z.object({ ...common, type: z.literal('add') }),
  z.object({ ...common, type: z.literal('concatenate') }),
  z.object({
    ...common,
    type: z.literal('zeroPadding'),
    /** [[top, bottom], [left, right]] in pixels. */
    padding: z.tuple([
      z.tuple([z.int().min(0).max(64), z.int().min(0).max(64)]),
      z.tuple([z.int().min(0).max(64), z.int().min(0).max(64)]),
    ]),
  }),
  z.object({
    ...common,
    type: z.literal('rescaling'),
    scale: z.number(),
    offset: z.number().default(0),
  }),
  z.object({
    ...common,
    type: z.literal('upSampling'),
    size: Pair.default([2, 2]),
    interpolation: z.enum(['nearest', 'bilinear']).default('nearest'),
  }),
])
/** A layer with every option filled in. */
export type LayerSpec = z.output<typeof LayerSpec>
/** A layer as a person writes it: what has a default may be left out. */
export type LayerInput = z.input<typeof LayerSpec>

export const Loss = z.discriminatedUnion('kind', [
  /** One output, from logits. */
  z.object({
    kind: z.literal('binaryCrossentropy'),
    labelSmoothing: z.number().min(0).max(0.5).default(0),
  }),
  /** One output a class, one-hot labels, from logits. */
  z.object({
    kind: z.literal('categoricalCrossentropy'),
    labelSmoothing: z.number().min(0).max(0.5).default(0),
  }),
  /** Lin et al., "Focal Loss for Dense Object Detection", 2017; binary or categorical by the outputs. */
  z.object({
    kind: z.literal('focal'),
    gamma: z.number().min(0).max(10).default(2),
    alpha: z.number().min(0).max(1).default(0.25),
  }),
])
export type Loss = z.output<typeof Loss>

const clip = {
  /** Gradients are scaled down together so that their joint norm is at most this. */
  clipNorm: z.number().positive().optional(),
}
export const Optimiser = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('sgd'), learningRate: z.number().positive().default(0.01), ...clip }),
  z.object({
    kind: z.literal('momentum'),
    learningRate: z.number().positive().default(0.01),
    momentum: z.number().min(0).max(0.9999).default(0.9),
    nesterov: z.boolean().default(false),
    ...clip,
  }),
  z.object({
    kind: z.literal('adam'),
    learningRate: z.number().positive().default(1e-3),
    beta1: z.number().min(0).max(0.9999).default(0.9),
    beta2: z.number().min(0).max(0.999999).default(0.999),
    epsilon: z.number().positive().default(1e-7),
    ...clip,
  }),
  z.object({
    kind: z.literal('adamw'),
    learningRate: z.number().positive().default(1e-3),
    beta1: z.number().min(0).max(0.9999).default(0.9),
    beta2: z.number().min(0).max(0.999999).default(0.999),
    epsilon: z.number().positive().default(1e-7),
    /** Decoupled decay (Loshchilov and Hutter 2019); not on biases and batch normalisation. */
    weightDecay: z.number().min(0).default(0.004),
    ...clip,
  }),
  z.object({
    kind: z.literal('rmsprop'),
    learningRate: z.number().positive().default(1e-3),
    rho: z.number().min(0).max(0.9999).default(0.9),
    momentum: z.number().min(0).max(0.9999).default(0),
    epsilon: z.number().positive().default(1e-7),
    ...clip,
  }),
])
export type Optimiser = z.output<typeof Optimiser>

export const InputShape = z.object({
  /** Pixels. */
  height: z.int().min(1).max(2048),
  width: z.int().min(1).max(2048),
  /** 1 is grey; 3 is red, green, blue (a grey film is repeated three times). */
  channels: z.union([z.literal(1), z.literal(3)]),
})
export type InputShape = z.infer<typeof InputShape>

export const ModelSpec = z.object({
  name: z.string().min(1).max(100),
  input: InputShape,
  /** Two classes may end in one sigmoid unit; more end in a softmax of as many units. */
  classes: z.int().min(2).max(1000),
  layers: z.array(LayerSpec).min(1).max(1000),
  loss: Loss,
  optimiser: Optimiser,
})
export type ModelSpec = z.output<typeof ModelSpec>
export type ModelSpecInput = z.input<typeof ModelSpec>

export const ModelSummary = z.object({
  layers: z.array(
    z.object({
      name: z.string(),
      type: z.string(),
      /** Without the batch dimension: [height, width, channels] or [units]. */
      outputShape: z.array(z.int()),
      params: z.int(),
      trainable: z.boolean(),
    }),
  ),
  totalParams: z.int(),
  trainableParams: z.int(),
  /** Estimated peak memory of a training step at the given batch size, bytes. */
  trainingBytes: z.number(),
  /** Multiply-accumulate operations of one forward pass of one film. */
  macs: z.number(),
})
export type ModelSummary = z.infer<typeof ModelSummary>
