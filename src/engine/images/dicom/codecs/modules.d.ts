/** The parts of the WebAssembly codecs that are used; the packages come without types. */
interface EmscriptenDecoder {
  getEncodedBuffer(length: number): Uint8Array
  getDecodedBuffer(): Uint8Array
  decode(): void
  getFrameInfo(): {
    readonly width: number
    readonly height: number
    readonly bitsPerSample: number
    readonly componentCount: number
    readonly isSigned?: boolean
  }
  delete(): void
}

declare module '@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs' {
  const load: () => Promise<{ readonly JPEGDecoder: new () => EmscriptenDecoder }>
  export default load
}
declare module '@cornerstonejs/codec-openjpeg/decodewasmjs' {
  const load: () => Promise<{ readonly J2KDecoder: new () => EmscriptenDecoder }>
  export default load
}
declare module '@cornerstonejs/codec-charls/decodewasmjs' {
  const load: () => Promise<{
    readonly JpegLSDecoder: new () => EmscriptenDecoder & { getInterleaveMode(): number }
  }>
  export default load
}
declare module '@cornerstonejs/codec-openjph' {
  const load: () => Promise<{ readonly HTJ2KDecoder: new () => EmscriptenDecoder }>
  export default load
}
