/** Unpacks frames in a thread of its own: what hangs here is stopped from outside and takes nothing along. */
import { parentPort } from 'node:worker_threads'
import { CodecFault, type PackedFrame, type UnpackedFrame } from './codec.ts'
import { decodePacked } from './decode.ts'

export type WorkerAnswer =
  | { readonly kind: 'unpacked'; readonly frame: UnpackedFrame }
  | { readonly kind: 'refused'; readonly code: CodecFault['code']; readonly message: string }

// Codecs chat on their streams, and a stream that someone reads would keep the program alive.
for (const stream of [process.stdout, process.stderr]) stream.write = () => true

parentPort?.on('message', (frame: PackedFrame) => {
  void decodePacked(frame).then(
    (unpacked) =>
      parentPort?.postMessage({ kind: 'unpacked', frame: unpacked } satisfies WorkerAnswer, [
        unpacked.samples.buffer as ArrayBuffer,
      ]),
    (cause: unknown) =>
      parentPort?.postMessage({
        kind: 'refused',
        code: cause instanceof CodecFault ? cause.code : 'DAMAGED',
        message: cause instanceof Error ? cause.message : String(cause),
      } satisfies WorkerAnswer),
  )
})
