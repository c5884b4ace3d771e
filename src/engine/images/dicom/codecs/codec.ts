/** What every codec of the worker takes and gives. */

export interface PackedFrame {
  readonly packing: 'jpeg' | 'jpeg-ls' | 'jpeg-2000' | 'htj2k' | 'jpeg-xl'
  /** The codestream of one frame. */
  readonly data: Uint8Array
  /** As the data set announces them; a codec checks its codestream against them before it takes memory. */
  readonly rows: number
  readonly columns: number
  readonly samplesPerPixel: 1 | 3
  readonly bitsAllocated: number
  readonly bitsStored: number
  readonly signed: boolean
}

export interface UnpackedFrame {
  readonly rows: number
  readonly columns: number
  readonly samplesPerPixel: number
  /** Of the codestream. */
  readonly bits: number
  readonly signed: boolean
  /** [rows, columns, samples], colour as it was coded (save that JPEG 2000 undoes its own transform). */
  readonly samples: Uint8Array | Uint16Array | Uint32Array
}

/** Words for what is wrong with a codestream, with the code that the refusal gets. */
export class CodecFault extends Error {
  constructor(
    readonly code: 'TRUNCATED' | 'DAMAGED' | 'UNSUPPORTED',
    message: string,
  ) {
    super(message)
  }
}

/** Throws DAMAGED where the codestream announces another picture than the data set: before memory is taken for it. */
export function checkSize(
  { rows, columns, samplesPerPixel }: PackedFrame,
  found: { readonly rows: number; readonly columns: number; readonly samplesPerPixel: number },
): void {
  if (
    found.rows === rows &&
    found.columns === columns &&
    found.samplesPerPixel === samplesPerPixel
  ) {
    return
  }
  throw new CodecFault(
    'DAMAGED',
    `the compressed picture is ${found.columns}×${found.rows} with ${found.samplesPerPixel} samples a pixel, the file says ${columns}×${rows} with ${samplesPerPixel}`,
  )
}
