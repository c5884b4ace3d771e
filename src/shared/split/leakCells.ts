/** A leak as the last column of a table of results; the column is there only where there is a leak. */
import type { SplitLeak } from '../domain/split.ts'
import { leakWords } from './words.ts'

export const leakHeader = (leak: SplitLeak | undefined): string[] => (leak ? ['training_leak'] : [])

export const leakCells = (leak: SplitLeak | undefined): string[] => (leak ? [leakWords(leak)] : [])
