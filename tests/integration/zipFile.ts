/** Zip archives byte by byte, as no packer would write them. */
import { deflateRawSync } from 'node:zlib'
import { crc32 } from '../../src/engine/images/crc32.ts'

export interface ZipEntry {
  readonly name: string
  readonly content?: Uint8Array | string
  /** In the place of the content, deflated already. */
  readonly packed?: Uint8Array
  /** Unix file type and permissions. */
  readonly mode?: number
  readonly flags?: number
  readonly method?: number
  /** What the directory says, where that is not the truth. */
  readonly bytes?: number
  readonly crc?: number
  /** Where the directory says that the entry begins. */
  readonly offset?: number
}

/** An archive of these entries, deflated (method 8) unless said otherwise; APPNOTE.TXT 4.3.7, 4.3.12, 4.3.16. */
export function zipOf(entries: readonly ZipEntry[]): Buffer {
  const locals: Uint8Array[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const entry of entries) {
    const name = Buffer.from(entry.name)
    const content = Buffer.from(entry.content ?? '')
    const method = entry.method ?? 8
    const body = entry.packed ?? (method === 8 ? deflateRawSync(content) : content)
    const facts = Buffer.alloc(26)
    facts.writeUInt16LE(20, 0)
    facts.writeUInt16LE(entry.flags ?? 0x800, 2)
    facts.writeUInt16LE(method, 4)
    facts.writeUInt32LE(entry.crc ?? crc32(content, 0, content.length), 10)
    facts.writeUInt32LE(body.length, 14)
    facts.writeUInt32LE(entry.bytes ?? content.length, 18)
    facts.writeUInt16LE(name.length, 22)
    const tail = Buffer.alloc(14)
    tail.writeUInt16LE(entry.mode ?? 0, 8)
    tail.writeUInt32LE(entry.offset ?? at, 10)
    locals.push(Buffer.from('PK\x03\x04', 'latin1'), facts, name, body)
    directory.push(Buffer.from('PK\x01\x02\x14\x03', 'latin1'), facts, tail, name)
    at += 30 + name.length + body.length
  }
  const listed = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(listed.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...locals, listed, end])
}
