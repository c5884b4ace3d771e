import type { Calibration } from '../domain/calibration.ts'

const three = (value: number) => value.toFixed(3)

/**
 * What a calibration's test found, to stand wherever something is called calibrated: «tested on other
 * patients: calibration error 0.031 (raw 0.090), loss 0.201 (raw 0.254)».
 */
export const calibrationTest = ({ test: { raw, calibrated } }: Pick<Calibration, 'test'>): string =>
  `tested on other patients: calibration error ${three(calibrated.ece)} (raw ${three(raw.ece)}), loss ${three(calibrated.loss)} (raw ${three(raw.loss)})`
