/** Transfer syntaxes (PS3.5 10, PS3.6 A.4): how a data set is written and how its pixels are packed. */
import type { Encoding } from './element.ts'
import { entryOf } from './entryOf.ts'
import { quoted } from './quoted.ts'

export type Packing =
  'native' | 'rle' | 'deflated-frames' | 'jpeg' | 'jpeg-ls' | 'jpeg-2000' | 'htj2k' | 'jpeg-xl'

export interface TransferSyntax extends Encoding {
  readonly name: string
  readonly deflated: boolean
  /** Undefined for what no codec here unpacks: video, hierarchical JPEG, references to elsewhere. */
  readonly packing: Packing | undefined
  /** The coding may lose information. */
  readonly lossy: boolean
  /** Pixels alone are in big-endian order, whatever the elements around them. */
  readonly bigEndianPixels: boolean
}

const root = '1.2.840.10008.1.2'

const syntax = (
  name: string,
  packing: Packing | undefined,
  more: Partial<TransferSyntax> = {},
): TransferSyntax => ({
  ...{ name, packing, littleEndian: true, explicit: true, deflated: false, lossy: false },
  bigEndianPixels: false,
  ...more,
})
const lossy = { lossy: true }

const known: Readonly<Record<string, TransferSyntax>> = {
  '': syntax('Implicit VR Little Endian', 'native', { explicit: false }),
  '.1': syntax('Explicit VR Little Endian', 'native'),
  '.1.98': syntax('Encapsulated Uncompressed Explicit VR Little Endian', 'native'),
  '.1.99': syntax('Deflated Explicit VR Little Endian', 'native', { deflated: true }),
  '.2': syntax('Explicit VR Big Endian', 'native', { littleEndian: false }),
  '.4.50': syntax('JPEG Baseline', 'jpeg', lossy),
  '.4.51': syntax('JPEG Extended', 'jpeg', lossy),
  '.4.52': syntax('JPEG Extended, arithmetic', 'jpeg', lossy),
  '.4.53': syntax('JPEG Spectral Selection', 'jpeg', lossy),
  '.4.54': syntax('JPEG Spectral Selection, arithmetic', 'jpeg', lossy),
  '.4.55': syntax('JPEG Full Progression', 'jpeg', lossy),
  '.4.56': syntax('JPEG Full Progression, arithmetic', 'jpeg', lossy),
  '.4.57': syntax('JPEG Lossless, any predictor', 'jpeg'),
  '.4.58': syntax('JPEG Lossless, arithmetic', 'jpeg'),
  '.4.70': syntax('JPEG Lossless, first-order prediction', 'jpeg'),
  '.4.80': syntax('JPEG-LS Lossless', 'jpeg-ls'),
  '.4.81': syntax('JPEG-LS Near-Lossless', 'jpeg-ls', lossy),
  '.4.90': syntax('JPEG 2000 Lossless', 'jpeg-2000'),
  '.4.91': syntax('JPEG 2000', 'jpeg-2000', lossy),
  '.4.92': syntax('JPEG 2000 Part 2 Lossless', 'jpeg-2000'),
  '.4.93': syntax('JPEG 2000 Part 2', 'jpeg-2000', lossy),
  '.4.110': syntax('JPEG XL Lossless', 'jpeg-xl'),
  '.4.111': syntax('JPEG XL JPEG Recompression', 'jpeg-xl', lossy),
  '.4.112': syntax('JPEG XL', 'jpeg-xl', lossy),
  '.4.201': syntax('High-Throughput JPEG 2000 Lossless', 'htj2k'),
  '.4.202': syntax('High-Throughput JPEG 2000 Lossless, RPCL', 'htj2k'),
  '.4.203': syntax('High-Throughput JPEG 2000', 'htj2k', lossy),
  '.5': syntax('RLE Lossless', 'rle'),
  '.8.1': syntax('Deflated Image Frame Compression', 'deflated-frames'),
}

/** Names of what is not read, so that a refusal can say what it is. */
const unreadable: readonly (readonly [RegExp, string])[] = [
  [/^\.4\.(59|6[0-6])$/, 'hierarchical JPEG'],
  [/^\.4\.(94|95|204|205)$/, 'JPIP, which leaves the pixels on a server'],
  [/^\.4\.10[01]/, 'MPEG-2 video'],
  [/^\.4\.10[2-6]/, 'MPEG-4 video'],
  [/^\.4\.10[78]$/, 'HEVC video'],
  [/^\.6\.1$/, 'parts of a mail (RFC 2557)'],
  [/^\.6\.2$/, 'XML'],
  [/^\.7\./, 'a live video stream'],
]

export const IMPLICIT = root
export const EXPLICIT = `${root}.1`
export const BIG_ENDIAN = `${root}.2`

/** Written by devices, in no edition of the standard. */
const ofOneMaker: Readonly<Record<string, TransferSyntax>> = {
  '1.2.840.10008.1.20': syntax('Papyrus 3 Implicit VR Little Endian', 'native', {
    explicit: false,
  }),
  '1.2.840.113619.5.2': syntax('GE Implicit VR Little Endian with big-endian pixels', 'native', {
    ...{ explicit: false, bigEndianPixels: true },
  }),
}

/** A transfer syntax that nobody here knows is written explicitly in little-endian order (PS3.5 A.4). */
export function transferSyntax(uid: string): TransferSyntax {
  const short = uid.startsWith(root) ? uid.slice(root.length) : undefined
  const found =
    (short === undefined ? undefined : entryOf(known, short)) ?? entryOf(ofOneMaker, uid)
  if (found) return found
  const name = unreadable.find(([pattern]) => short !== undefined && pattern.test(short))?.[1]
  return syntax(name ?? `${quoted(uid)}, a transfer syntax of one maker's own`, undefined)
}
