import type { OutsideCode } from '../domain/envelope.ts'

/** Codes as a reader understands them. */
export const outsideWords: Readonly<Record<OutsideCode, string>> = {
  NOT_CHEST: 'Perhaps no chest film',
  LATERAL: 'Lateral or turned',
  INVERTED: 'Black and white exchanged',
  COLOUR: 'Colour picture',
  FAR: 'Far from the training films',
  AGE: 'Another age',
}
