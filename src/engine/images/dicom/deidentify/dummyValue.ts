/** Values that stand for removed ones and say nothing (PS3.15 E.1.1, action D). */
const words = 'ANONYMIZED'

/** Of a representation; undefined where none can be made up, and the attribute has to go. */
export function dummyValue(vr: string | undefined): Uint8Array | string | undefined {
  switch (vr) {
    case 'AE':
    case 'CS':
    case 'LO':
    case 'LT':
    case 'PN':
    case 'SH':
    case 'ST':
    case 'UC':
    case 'UR':
    case 'UT':
      return words
    case 'AS':
      return '000Y'
    case 'DA':
      return '19000101'
    case 'DT':
      return '19000101000000'
    case 'TM':
      return '000000'
    case 'DS':
    case 'IS':
      return '0'
    case 'OB':
    case 'OW':
    case 'UN':
      return new Uint8Array(2)
    default:
      return undefined
  }
}
