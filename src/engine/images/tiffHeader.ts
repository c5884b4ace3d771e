import {
  damaged,
  HeaderReader,
  type Photometric,
  type RasterHeader,
  unsupported,
} from './header.ts'
import { orientationOf } from './orientation.ts'
import { readTiffDirectory, tag } from './tiffDirectory.ts'

const MAX_DIRECTORIES = 1000

/** Reads the directories of a TIFF file; reduced copies (thumbnails) do not count as frames. */
export function readTiffHeader(bytes: Uint8Array): RasterHeader {
  const reader = new HeaderReader(bytes, bytes[0] === 0x49)
  const directories: Map<number, number>[] = []
  const seen = new Set<number>()
  for (let at = reader.u32(4); at !== 0;) {
    if (seen.has(at) || seen.size >= MAX_DIRECTORIES) throw damaged('the TIFF directories loop')
    seen.add(at)
    const entries = reader.u16(at)
    directories.push(readTiffDirectory(reader, at))
    at = reader.u32(at + 2 + entries * 12)
  }
  const [first] = directories
  if (!first) throw damaged('the TIFF file holds no picture')
  const photometric = photometricOf(first.get(tag.photometric) ?? 1)
  const bitsStored = first.get(tag.bits) ?? 1
  if (bitsStored !== 8 && bitsStored !== 16)
    throw unsupported(`TIFF with ${bitsStored} bits a sample`)
  const isReduced = (directory: Map<number, number>) =>
    ((directory.get(tag.subfileType) ?? 0) & 1) === 1
  return {
    rows: first.get(tag.rows) ?? 0,
    columns: first.get(tag.columns) ?? 0,
    frames: 1 + directories.slice(1).filter((directory) => !isReduced(directory)).length,
    samplesPerPixel: photometric.startsWith('MONOCHROME') ? 1 : 3,
    bitsStored,
    photometric,
    synthetic: false,
    orientation: orientationOf(first.get(tag.orientation)),
  }
}

function photometricOf(value: number): Photometric {
  if (value === 0) return 'MONOCHROME1'
  if (value === 1) return 'MONOCHROME2'
  return value === 3 ? 'PALETTE COLOR' : 'RGB'
}
