import type { OutsideReason } from '../domain/envelope.ts'

/** Codes of the reasons as tables have them, «LATERAL FAR»; empty: nothing speaks against the film. */
export const outsideCell = (reasons: readonly OutsideReason[]): string =>
  reasons.map(({ code }) => code).join(' ')

/** With what speaks for each: «FAR: 2.31 from the training films …; AGE: …». */
export const outsideMessage = (reasons: readonly OutsideReason[]): string =>
  reasons.map(({ code, detail }) => `${code}: ${detail}`).join('; ')
