/**
 * The codecs of dcmjs-codecs: DCMTK's JPEG library for 8, 12 and 16 bits with every Huffman process, and libjxl.
 * Only the WebAssembly file of the package is used, with these few lines instead of its JavaScript, which
 * brings a DICOM library of its own along.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { CodecFault, type PackedFrame, type UnpackedFrame } from './codec.ts'

type Call = (...numbers: number[]) => number

/** The part of WebAssembly that is used; Node's types of the floor do not know it. */
interface WebAssemblyHost {
  readonly Module: new (bytes: Uint8Array) => object
  readonly Instance: new (
    module: object,
    imports: Readonly<Record<string, Readonly<Record<string, (...numbers: number[]) => unknown>>>>,
  ) => { readonly exports: Readonly<Record<string, unknown>> }
}
const { WebAssembly: host } = globalThis as unknown as { readonly WebAssembly: WebAssemblyHost }

interface Codecs {
  readonly memory: { readonly buffer: ArrayBuffer }
  readonly call: (name: string, ...numbers: number[]) => number
  /** What the library last complained about. */
  readonly warnings: string[]
}

const file = () =>
  createRequire(import.meta.url).resolve('dcmjs-codecs/build/dcmjs-native-codecs.wasm')

let compiled: object | undefined
let loaded: Codecs | undefined

function load(): Codecs {
  const warnings: string[] = []
  const text = (at: number, length: number) =>
    Buffer.from(memory.buffer, at, length).toString('latin1')
  const nothing = () => 0
  compiled ??= new host.Module(readFileSync(file()))
  const instance = new host.Instance(compiled, {
    env: {
      onCodecsException: (at: number, length: number) => {
        throw new CodecFault('DAMAGED', text(at, length).slice(0, 200))
      },
      onCodecsInfo: (at: number, length: number) => void warnings.push(text(at, length)),
      onCodecsTrace: nothing,
      emscripten_notify_memory_growth: nothing,
    },
    wasi_snapshot_preview1: {
      proc_exit: () => {
        throw new CodecFault('DAMAGED', 'the decoder gave up')
      },
      clock_time_get: nothing,
      fd_write: (_file, vectors, count, written) => swallow(memory, vectors, count, written),
      fd_close: nothing,
      fd_seek: nothing,
      environ_sizes_get: nothing,
      environ_get: nothing,
    },
  })
  const memory = instance.exports['memory'] as Codecs['memory']
  const call = (name: string, ...numbers: number[]) => (instance.exports[name] as Call)(...numbers)
  call('_initialize')
  return { memory, call, warnings }
}

/**
 * What libjxl complains of on the error stream goes nowhere, but counts as written: its C library would write for ever
 * what nobody takes. `count` pairs of an address and a length; the sum of the lengths goes to `written` (WASI, fd_write).
 */
function swallow(
  { buffer }: Codecs['memory'],
  vectors: number,
  count: number,
  written: number,
): number {
  const view = new DataView(buffer)
  let bytes = 0
  for (let place = 0; place < count; place++) bytes += view.getUint32(vectors + 8 * place + 4, true)
  view.setUint32(written, bytes, true)
  return 0
}

/** The library's number of MONOCHROME2, and of RGB: with them it changes no colours. */
const plainPhotometric = { 1: 1, 3: 3 } as const

/** Throws CodecFault DAMAGED with the library's words. The size is checked by the caller. */
export function decodeNatively(
  decoder: 'DecodeJpeg' | 'DecodeJpegXl',
  frame: PackedFrame,
  bits: number,
): UnpackedFrame {
  loaded ??= load()
  const { memory, call, warnings } = loaded
  warnings.length = 0
  const context = call('CreateCodecsContext')
  const parameters = call('CreateDecoderParameters')
  try {
    const { rows, columns, samplesPerPixel, data } = frame
    const allocated = bits > 8 ? 16 : 8
    call('SetConvertColorspaceToRgb', parameters, 0)
    call('SetColumns', context, columns)
    call('SetRows', context, rows)
    call('SetBitsAllocated', context, allocated)
    call('SetBitsStored', context, Math.min(bits, allocated))
    call('SetSamplesPerPixel', context, samplesPerPixel)
    call('SetPixelRepresentation', context, 0)
    call('SetPlanarConfiguration', context, 0)
    call('SetPhotometricInterpretation', context, plainPhotometric[samplesPerPixel])
    call('SetEncodedBufferSize', context, data.length)
    new Uint8Array(memory.buffer, call('GetEncodedBuffer', context), data.length).set(data)
    call(decoder, context, parameters)
    const bytes = rows * columns * samplesPerPixel * (allocated / 8)
    if (call('GetDecodedBufferSize', context) < bytes) {
      throw new CodecFault('TRUNCATED', 'the compressed picture is not whole')
    }
    const at = call('GetDecodedBuffer', context)
    const copy = memory.buffer.slice(at, at + bytes)
    const samples = allocated === 8 ? new Uint8Array(copy) : new Uint16Array(copy)
    return { rows, columns, samplesPerPixel, bits, signed: false, samples }
  } catch (cause) {
    // What failed inside may have left its memory in disorder: the next frame gets a fresh instance.
    loaded = undefined
    if (cause instanceof CodecFault) throw cause
    throw new CodecFault('DAMAGED', `the decoder gave up (${String(cause).slice(0, 100)})`)
  } finally {
    if (loaded) {
      call('ReleaseDecoderParameters', parameters)
      call('ReleaseCodecsContext', context)
    }
  }
}
