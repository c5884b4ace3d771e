/** What a picture file says of itself before any pixel is decoded, and what we refuse on that ground. */
import { AppError } from '../../shared/errors.ts'
import type { Orientation } from './orientation.ts'

/** DICOM's words (PS3.3 C.7.6.3.1.2), used for all formats. */
export type Photometric = 'MONOCHROME1' | 'MONOCHROME2' | 'RGB' | 'PALETTE COLOR'

export interface RasterHeader {
  readonly rows: number
  readonly columns: number
  readonly frames: number
  /** In the file, an alpha channel not counted: 1, 3, or 4 (CMYK). */
  readonly samplesPerPixel: number
  readonly bitsStored: number
  readonly photometric: Photometric
  /** The file says in its metadata that no patient stands behind it. */
  readonly synthetic: boolean
  /** Rows and columns are those of the file; 1 when left out. */
  readonly orientation?: Orientation
}

/** Found in the metadata of films that we generate. */
export const SYNTHETIC_MARK = 'SYNTHETIC'

const MAX_PIXELS = 100_000_000
const MAX_DECODED_BYTES = 512 * 2 ** 20

/**
 * Refuses what could not be held, before anything is decoded: a small file may announce a huge picture.
 * Throws DAMAGED for an empty picture, TOO_LARGE beyond 100 megapixels or 512 MiB decoded, UNSUPPORTED
 * for several frames.
 */
export function checkHeader({ rows, columns, frames, samplesPerPixel, bitsStored }: RasterHeader) {
  if (rows < 1 || columns < 1) {
    throw new AppError('DAMAGED', `the picture is ${columns}×${rows} pixels: export it again`)
  }
  const decodedBytes = rows * columns * samplesPerPixel * (bitsStored > 8 ? 2 : 1)
  if (rows * columns > MAX_PIXELS || decodedBytes > MAX_DECODED_BYTES) {
    throw new AppError(
      'TOO_LARGE',
      `the picture is ${columns}×${rows} pixels, more than 100 megapixels or 512 MiB: export it smaller`,
    )
  }
  if (frames > 1) {
    throw new AppError(
      'UNSUPPORTED',
      `the file holds ${frames} pictures where a film has one: save each as a file of its own`,
    )
  }
}

/** A file that ends too early. `what` completes «…: copy the file again». */
export const truncated = (what: string): AppError =>
  new AppError('TRUNCATED', `${what} (cut off while it was copied?): copy the file again`)

export const damaged = (what: string): AppError =>
  new AppError('DAMAGED', `${what}: copy or export the file again`)

export const unsupported = (what: string): AppError =>
  new AppError('UNSUPPORTED', `${what}: save the film as JPEG or PNG`)

/** A view for reading numbers; reading beyond the end is a cut file. */
export class HeaderReader {
  readonly #view: DataView
  constructor(
    readonly bytes: Uint8Array,
    readonly littleEndian: boolean,
  ) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }
  u8(at: number): number {
    return this.#inside(at, 1).getUint8(at)
  }
  u16(at: number): number {
    return this.#inside(at, 2).getUint16(at, this.littleEndian)
  }
  u32(at: number): number {
    return this.#inside(at, 4).getUint32(at, this.littleEndian)
  }
  i32(at: number): number {
    return this.#inside(at, 4).getInt32(at, this.littleEndian)
  }
  /** Latin-1 letters. */
  text(at: number, length: number): string {
    this.#inside(at, length)
    return Buffer.from(this.bytes.buffer, this.bytes.byteOffset + at, length).toString('latin1')
  }
  #inside(at: number, length: number): DataView {
    if (at >= 0 && at + length <= this.bytes.length) return this.#view
    throw truncated(`the file ends after ${this.bytes.length} of at least ${at + length} bytes`)
  }
}
