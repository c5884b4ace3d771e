/**
 * 1 − decay of the moving average of weights in a step (from 1), with decay = min(`most`, (1 + step) ÷ (10 + step)) as
 * TensorFlow's ExponentialMovingAverage warms up: the weights of the beginning, which were learnt from nothing, are soon
 * forgotten, also in a short training. 0 without an average.
 */
export const averageShareAt = (step: number, most: number | undefined): number =>
  most === undefined ? 0 : 1 - Math.min(most, (1 + step) / (10 + step))
