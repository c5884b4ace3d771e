import type { ModelManifest } from '../shared/domain/model.ts'
import { holdsItsTest } from '../shared/judgement/calibrate.ts'
import { calibrationTest } from '../shared/judgement/calibrationTest.ts'
import { calibrationNames } from '../shared/judgement/shownScore.ts'

/**
 * A line for the summary of a verb whose table has calibrated columns: nothing is called calibrated without the test of
 * it. Undefined where no calibration holds its test, and the columns are empty.
 */
export const calibratedBy = ({
  calibration,
}: Pick<ModelManifest, 'calibration'>): string | undefined =>
  calibration && holdsItsTest(calibration)
    ? `Calibrated by ${calibrationNames[calibration.map.kind]} on ${calibration.on.name}, ${calibrationTest(calibration)}.`
    : undefined
