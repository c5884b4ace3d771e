/** What happens to an attribute of a film that is passed on (PS3.15 E.1.1, with its options E.3.6 and E.3.7). */
import { profileTable } from './profileTable.ts'

/** Actions as the table writes them; several where the standard leaves them to the object's definition. */
type TableAction = 'D' | 'Z' | 'X' | 'U' | 'Z/D' | 'X/Z' | 'X/D' | 'X/Z/D' | 'X/Z/U*'
export type ProfileRow = readonly [tag: number, action: TableAction, vr: string, name: string]

export interface ProfileOptions {
  /**
   * `remove` as the Basic Profile has it. `shift`: the Retain Longitudinal Temporal Information With Modified Dates
   * Option; all days of a patient are moved back by the same number, so that their distances stay.
   */
  readonly dates: 'remove' | 'shift'
  /** The Retain Patient Characteristics Option: sex, age, size, weight and the like stay. */
  readonly keepCharacteristics: boolean
}

export type Action = 'keep' | 'remove' | 'empty' | 'dummy' | 'uid' | 'items' | 'shift'

/**
 * Where the table leaves a choice, what films of the projection modules may lack is removed, and what they must have
 * is emptied: an empty value is right for both of their types that allow it.
 */
const chosen: Readonly<Record<TableAction, Action>> = {
  ...{ D: 'dummy', Z: 'empty', X: 'remove', U: 'uid' },
  ...{ 'Z/D': 'empty', 'X/Z': 'empty', 'X/D': 'remove', 'X/Z/D': 'empty', 'X/Z/U*': 'items' },
}

const rows = new Map(profileTable.map((row) => [row[0], row]))

/** PS3.15 Table E.1-1, column «Retain Patient Characteristics», where it says K. */
const characteristics = new Set([
  0x0010_0040, 0x0010_1010, 0x0010_1020, 0x0010_1030, 0x0010_2160, 0x0010_21a0, 0x0010_21c0,
  0x0010_2203,
])
const birthDate = 0x0010_0030

/** Curves, overlays and their comments may hold writing (rows «50xx,xxxx», «60xx,3000» and «60xx,4000»). */
const isDrawing = (tag: number) => {
  const family = (tag >>> 16) & 0xff00
  return family === 0x5000 || family === 0x6000
}

const isPrivate = (tag: number) => (tag >>> 16) % 2 === 1
/** Lengths of groups would be wrong, and so would signatures and padding behind the last element. */
const isBookkeeping = (tag: number) => (tag & 0xffff) === 0 || tag >= 0xfffa_0000

export function actionOn(tag: number, { dates, keepCharacteristics }: ProfileOptions): Action {
  if (isPrivate(tag) || isDrawing(tag) || isBookkeeping(tag)) return 'remove'
  const row = rows.get(tag)
  if (!row) return 'keep'
  const [, action, vr] = row
  if (keepCharacteristics && characteristics.has(tag)) return 'keep'
  const isDay = (vr === 'DA' || vr === 'DT') && tag !== birthDate
  if (dates === 'shift' && isDay) return 'shift'
  if (dates === 'shift' && vr === 'TM' && tag !== 0x0010_0032) return 'keep'
  return chosen[action]
}

/** Of an attribute that the table knows. */
export const vrInTable = (tag: number): string | undefined => rows.get(tag)?.[2] ?? undefined
