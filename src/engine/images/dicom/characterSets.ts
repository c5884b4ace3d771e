/** Text in the character sets of PS3.3 C.12.1.1.2, with the escapes of ISO 2022 (PS3.5 6.1.2.5). */

/** Defined terms without code extensions: «ISO_IR 100», and the way they are misspelt in real files. */
const plain: Readonly<Record<string, string>> = {
  '6': 'latin1',
  '100': 'iso-8859-1',
  '101': 'iso-8859-2',
  '109': 'iso-8859-3',
  '110': 'iso-8859-4',
  '144': 'iso-8859-5',
  '127': 'iso-8859-6',
  '126': 'iso-8859-7',
  '138': 'iso-8859-8',
  '148': 'iso-8859-9',
  '203': 'iso-8859-15',
  '166': 'windows-874',
  '13': 'shift_jis',
  '192': 'utf-8',
}

/** What an escape switches to: the encoding of TextDecoder, and how bytes are brought into it. */
interface Switch {
  readonly encoding: string
  /** `pairs`: two seven-bit bytes a letter, raised into EUC; `pairs3`: the third plane of EUC. */
  readonly form: 'bytes' | 'pairs' | 'pairs3'
}
const bytes = (encoding: string): Switch => ({ encoding, form: 'bytes' })

const escapes: Readonly<Record<string, Switch>> = {
  '(B': bytes('ascii'),
  '(J': bytes('shift_jis'),
  ')I': bytes('shift_jis'),
  '-A': bytes('iso-8859-1'),
  '-B': bytes('iso-8859-2'),
  '-C': bytes('iso-8859-3'),
  '-D': bytes('iso-8859-4'),
  '-L': bytes('iso-8859-5'),
  '-G': bytes('iso-8859-6'),
  '-F': bytes('iso-8859-7'),
  '-H': bytes('iso-8859-8'),
  '-M': bytes('iso-8859-9'),
  '-b': bytes('iso-8859-15'),
  '-T': bytes('windows-874'),
  $B: { encoding: 'euc-jp', form: 'pairs' },
  '$(D': { encoding: 'euc-jp', form: 'pairs3' },
  '$)C': bytes('euc-kr'),
  '$)A': bytes('gb18030'),
}

const ESC = 0x1b

/**
 * A text value decoded by the Specific Character Set (its values parted by «\»). Without one, bytes beyond
 * ASCII are taken for UTF-8 where they are that, and for Latin-1 otherwise.
 */
export function decodeText(value: Uint8Array, characterSet: string): string {
  const [first = ''] = characterSet.split('\\')
  const initial = encodingOf(first.trim())
  if (!value.includes(ESC)) return decode(value, initial ?? guess(value))
  let text = ''
  let current = bytes(initial ?? 'latin1')
  for (const part of parts(value)) {
    if (part.escape === 'none') current = bytes(initial ?? 'latin1')
    else if (part.escape !== 'same') current = escapes[part.escape] ?? bytes('latin1')
    text += decode(
      raised(part.bytes, current),
      current.encoding === 'ascii' ? (initial ?? 'latin1') : current.encoding,
    )
  }
  return text
}

function encodingOf(term: string): string | undefined {
  if (term === '') return undefined
  if (/^gb18030$|^gbk$/i.test(term)) return 'gb18030'
  const number = /(\d+)$/.exec(term)?.[1]
  return number === undefined ? undefined : plain[number]
}

function guess(value: Uint8Array): string {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(value)
    return 'utf-8'
  } catch {
    return 'latin1'
  }
}

interface Part {
  readonly bytes: Uint8Array
  /** The letters behind ESC; `none` after a delimiter, which ends every escape. */
  readonly escape: string
}

/** Cut at escapes, and at the delimiters of values and name components outside of two-byte sets. */
function* parts(value: Uint8Array): Generator<Part> {
  let start = 0
  let escape = 'none'
  let isPairs = false
  for (let at = 0; at < value.length; at++) {
    const byte = value[at]!
    if (byte === ESC) {
      yield { bytes: value.subarray(start, at), escape }
      const letters = value[at + 1] === 0x24 && value[at + 2] !== 0x42 ? 3 : 2
      escape = String.fromCharCode(...value.subarray(at + 1, at + 1 + letters))
      isPairs = escape === '$B' || escape === '$(D'
      at += letters
      start = at + 1
    } else if (!isPairs && '\\^=\r\n\f'.includes(String.fromCharCode(byte))) {
      yield { bytes: value.subarray(start, at), escape }
      yield { bytes: value.subarray(at, at + 1), escape: 'none' }
      start = at + 1
      escape = 'none'
    }
  }
  yield { bytes: value.subarray(start), escape }
}

function raised(value: Uint8Array, { form }: Switch): Uint8Array {
  if (form === 'bytes') return value
  if (form === 'pairs') return value.map((byte) => byte | 0x80)
  const wide: number[] = []
  for (let at = 0; at + 1 < value.length; at += 2)
    wide.push(0x8f, value[at]! | 0x80, value[at + 1]! | 0x80)
  return Uint8Array.from(wide)
}

function decode(value: Uint8Array, encoding: string): string {
  if (encoding === 'latin1') return Buffer.from(value).toString('latin1')
  try {
    return new TextDecoder(encoding).decode(value)
  } catch {
    // A runtime without this encoding: letters go wrong, and nothing is lost.
    return Buffer.from(value).toString('latin1')
  }
}
