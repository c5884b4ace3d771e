import { type FileHandle, open, stat } from 'node:fs/promises'
import { describeFileError } from '../../files/fileError.ts'
import type { FilmFormat } from '../../shared/domain/film.ts'
import { AppError, toAppError } from '../../shared/errors.ts'
import { placeOfFilm } from '../../shared/filmPath.ts'
import { readBmpHeader } from './bmpHeader.ts'
import { decodeEightBits } from './decodeEightBits.ts'
import { decodeWithNapi } from './decodeWithNapi.ts'
import type { TensorFlowFormat } from './decodeWithTensorFlow.ts'
import { decodeDicom, type Windowing } from './dicom/dicomRaster.ts'
import { filmFormats, formatNames, isGzip, sniffFormat } from './format.ts'
import { readGifHeader } from './gifHeader.ts'
import { checkHeader, type RasterHeader, truncated } from './header.ts'
import { readJpegHeader } from './jpegHeader.ts'
import { keepBytes, lastBytes } from './lastFile.ts'
import { readIdxPicture } from './idxPicture.ts'
import { upright } from './orientation.ts'
import { decodePng16 } from './png16.ts'
import { readPngHeader } from './pngHeader.ts'
import {
  type DecodedSamples,
  type Raster,
  type RasterFile,
  withoutSpareChannels,
} from './raster.ts'
import { readTiffHeader } from './tiffHeader.ts'
import { readWebpHeader } from './webpHeader.ts'

/** Larger files hold no film that we would take; this keeps a mistaken choice from filling the memory. */
const MAX_FILE_BYTES = 512 * 2 ** 20

/**
 * Reads a picture by its content: DICOM (its first frame as it is seen), JPEG, PNG (8 and 16 bits), BMP, GIF, WebP,
 * TIFF, turned as its file says that it is to be seen (EXIF, TIFF).
 * Throws an AppError that names the file, the reason and the remedy: NOT_FOUND, NOT_PERMITTED,
 * UNSUPPORTED, TRUNCATED, DAMAGED or TOO_LARGE. Nothing is filled in for missing data.
 */
export const readRaster = async (path: string, reading?: Reading): Promise<Raster> =>
  (await readRasterFile(path, reading)).raster

export interface Reading {
  /** Called with the file's bytes before they are decoded. */
  readonly onRead?: ((bytes: Uint8Array) => void) | undefined
  /** Called once the file is read and nothing is left but decoding. */
  readonly onDecoding?: (() => void) | undefined
  /** What greys are made of a DICOM film's values by; `file` when left out. */
  readonly window?: Windowing | undefined
  /** A person says that the file tells black from white wrong. */
  readonly turned?: boolean | undefined
}

/** As `readRaster`, with the bytes of the file for hashing. */
export function readRasterFile(
  path: string,
  { onRead, onDecoding, ...greys }: Reading = {},
): Promise<RasterFile> {
  return naming(path, async () => {
    const { file, index } = placeOfFilm(path)
    if (index !== undefined) return readIdxPicture(file, index)
    const bytes = await readBytes(path)
    onRead?.(bytes)
    const decoding = decodeRaster(bytes, greys)
    onDecoding?.()
    return { raster: await decoding, bytes }
  })
}

/** Works on the bytes of a file that is one film; what goes wrong is told as `readRaster` tells it. */
export const withFile = <T>(path: string, work: (bytes: Uint8Array) => Promise<T>): Promise<T> =>
  naming(path, async () => work(await readBytes(path)))

async function naming<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    const error = describeFileError(cause, path, 'read')
    if (error.message.startsWith(path)) throw error
    throw new AppError(error.code, `${path}: ${error.message}`, { cause: toAppError(cause) })
  }
}

/** As `readRaster`, from memory; messages do not name a file. */
export async function decodeRaster(
  bytes: Uint8Array,
  { window = 'file', turned = false }: Pick<Reading, 'window' | 'turned'> = {},
): Promise<Raster> {
  const found = sniffFormat(bytes)
  if (found === 'dicom') return decodeDicom(bytes, window, turned)
  const { format, header, decode } = plan(found, bytes)
  checkHeader(header)
  const { samplesPerPixel, samples } = withoutSpareChannels(await decode())
  const lying = { rows: header.rows, columns: header.columns, channels: samplesPerPixel, samples }
  const seen = upright(lying, header.orientation ?? 1)
  return {
    format,
    rows: seen.rows,
    columns: seen.columns,
    frames: header.frames,
    storedSamplesPerPixel: header.samplesPerPixel,
    samplesPerPixel,
    bitsStored: header.bitsStored,
    photometric: header.photometric,
    samples: asStored(seen.samples, header),
    synthetic: header.synthetic,
    ...(turned && { turned }),
  }
}

interface Plan {
  readonly format: FilmFormat
  readonly header: RasterHeader
  readonly decode: () => DecodedSamples | Promise<DecodedSamples>
}

function plan(format: Exclude<FilmFormat, 'dicom'> | undefined, bytes: Uint8Array): Plan {
  const withEightBits = (format: TensorFlowFormat, header: RasterHeader): Plan => ({
    format,
    header,
    decode: () => decodeEightBits(format, bytes, header),
  })
  const withNapi = (format: FilmFormat, header: RasterHeader): Plan => ({
    format,
    header,
    decode: () => decodeWithNapi(formatNames[format], bytes),
  })
  switch (format) {
    case 'jpeg':
      return withEightBits(format, readJpegHeader(bytes))
    case 'png': {
      const header = readPngHeader(bytes)
      if (header.bitsStored < 16) return withEightBits(format, header)
      const decode = () => ({ channels: header.channels, samples: decodePng16(header) })
      return { format, header, decode }
    }
    case 'bmp':
      return withEightBits(format, readBmpHeader(bytes))
    case 'gif':
      return withEightBits(format, readGifHeader(bytes))
    case 'webp':
      return withNapi(format, readWebpHeader(bytes))
    case 'tiff':
      return withNapi(format, readTiffHeader(bytes))
    case 'idx':
    case undefined:
      throw new AppError('UNSUPPORTED', notAPicture(bytes))
  }
}

const notAPicture = (bytes: Uint8Array) =>
  isGzip(bytes)
    ? 'a compressed file: unpack it first'
    : `no picture (its content is none of ${filmFormats}): remove it or convert it`

/** Decoders stretch greys of 1, 2 or 4 bits to 0–255; the file stores 0 to 2^bits − 1. */
function asStored(samples: Uint8Array | Uint16Array, header: RasterHeader) {
  if (header.bitsStored >= 8 || header.samplesPerPixel !== 1) return samples
  const step = 255 / (2 ** header.bitsStored - 1)
  return samples.map((value) => value / step)
}

/** In one call; `readFile` of a handle asks for half a mebibyte at a time, and waits for its turn as often. */
async function filled(file: FileHandle, bytes: Buffer): Promise<Buffer> {
  let at = 0
  while (at < bytes.length) {
    const { bytesRead } = await file.read(bytes, at, bytes.length - at, at)
    if (bytesRead === 0) break
    at += bytesRead
  }
  return bytes.subarray(0, at)
}

async function readBytes(path: string): Promise<Uint8Array> {
  // Asked first: to open a pipe would wait for a writer.
  const found = await stat(path, { bigint: true })
  if (!found.isFile()) throw new AppError('UNSUPPORTED', 'no file but a folder, device or pipe')
  if (found.size > MAX_FILE_BYTES) {
    throw new AppError('TOO_LARGE', `the file has ${found.size} bytes, more than 512 MiB`)
  }
  const known = lastBytes(path, found)
  if (known) return known
  const file = await open(path, 'r')
  try {
    const bytes = await filled(file, Buffer.allocUnsafeSlow(Number(found.size)))
    if (bytes.length === 0) throw truncated('the file is empty')
    keepBytes(path, found, bytes)
    return bytes
  } finally {
    await file.close()
  }
}
