/** New names for people and objects: the same for the same, within one export, and telling nothing without its secret. */
import { createHmac } from 'node:crypto'

export interface Pseudonyms {
  /** «P-» and ten signs. */
  readonly patient: (key: string) => string
  /** A UID made of a UUID (PS3.5 B.2); those of several values are parted by «\». */
  readonly uid: (uid: string) => string
  /** How many days a patient's dates go back: 1 to 3,650. */
  readonly days: (key: string) => number
}

/** UIDs that the standard gives out name no object of a person. */
const isStandard = (uid: string) => uid.startsWith('1.2.840.10008.')

export function createPseudonyms(secret: Uint8Array): Pseudonyms {
  const digest = (kind: string, text: string) =>
    createHmac('sha256', secret).update(kind).update('\0').update(text).digest()
  return {
    patient: (key) => `P-${digest('patient', key).toString('hex').slice(0, 10).toUpperCase()}`,
    uid: (uid) =>
      uid
        .split('\\')
        .map((each) => (each === '' || isStandard(each) ? each : uidOf(digest('uid', each))))
        .join('\\'),
    days: (key) => 1 + (digest('days', key).readUInt32BE() % 3650),
  }
}

/** Random UUIDs have their version and variant written in them (RFC 9562 5.4). */
function uidOf(bytes: Buffer): string {
  const uuid = Buffer.from(bytes.subarray(0, 16))
  uuid[6] = (uuid[6]! & 0x0f) | 0x40
  uuid[8] = (uuid[8]! & 0x3f) | 0x80
  return `2.25.${BigInt(`0x${uuid.toString('hex')}`).toString()}`
}

/** Dates (DA) or times with their date (DT) some days earlier; empty for what is no date. */
export function earlier(value: string, days: number): string {
  return value
    .split('\\')
    .map((each) => {
      const [, year, month, day, rest = ''] = /^(\d{4})(\d{2})(\d{2})(.*)$/.exec(each.trim()) ?? []
      if (year === undefined) return ''
      const at = Date.UTC(Number(year), Number(month) - 1, Number(day) - days)
      const moved = new Date(at).toISOString().slice(0, 10).split('-').join('')
      return moved + rest
    })
    .join('\\')
}
