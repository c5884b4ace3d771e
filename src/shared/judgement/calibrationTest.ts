import type { Calibration } from '../domain/calibration.ts'

const three = (value: number) => value.toFixed(3)

/**
 * What a calibration's test found, to stand wherever something is called calibrated: «on patients that it was not made
 * from, the calibration error is 0.031 (raw 0.090), the loss 0.201 (raw 0.254)».
 */
export const calibrationTest = ({ test: { raw, calibrated } }: Pick<Calibration, 'test'>): string =>
  `on patients that it was not made from, the calibration error is ${three(calibrated.ece)} (raw ${three(raw.ece)}), the loss ${three(calibrated.loss)} (raw ${three(raw.loss)})`
