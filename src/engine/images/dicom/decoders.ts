/** Threads that unpack compressed frames, and the clock that stops one which does not come to an end. */
import { existsSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { AppError } from '../../../shared/errors.ts'
import { damaged, truncated, unsupported } from '../header.ts'
import type { PackedFrame, UnpackedFrame } from './codecs/codec.ts'
import type { WorkerAnswer } from './codecs/worker.ts'

/** In a build the worker lies beside this file or one folder up; tests run from sources and name another place. */
function workerFile(): string {
  const named = process.env['PNEUMOSCOPE_DECODER']
  if (named !== undefined) return named
  const here = dirname(fileURLToPath(import.meta.url))
  const beside = join(here, 'decoder.js')
  return existsSync(beside) ? beside : join(dirname(here), 'decoder.js')
}

/** On a machine that does other things too, everything takes longer. */
const busy = () => Math.max(1, (loadavg()[0] ?? 0) / Math.max(1, cpus().length))

interface Task {
  readonly frame: PackedFrame
  readonly resolve: (frame: UnpackedFrame) => void
  readonly reject: (reason: AppError) => void
}

/**
 * At most `size` threads, started when needed. A frame may take five seconds, and one more for each megapixel, because
 * honest mammograms need their time; then it is refused and its thread ended, and the others go on. Idle threads do
 * not keep the program alive.
 */
export function createDecoders(
  size = Math.min(4, Math.max(1, cpus().length)),
  { patienceMs, msPerMegapixel } = { patienceMs: 5000, msPerMegapixel: 1000 },
) {
  const waiting: Task[] = []
  const idle: Worker[] = []
  let started = 0

  function next() {
    if (waiting.length === 0) return
    const worker = idle.pop() ?? (started < size ? start() : undefined)
    const task = worker && waiting.shift()
    if (worker && task) run(worker, task)
  }

  function start(): Worker {
    started++
    return new Worker(workerFile())
  }

  function run(worker: Worker, { frame, resolve, reject }: Task) {
    worker.ref()
    const megapixels = (frame.rows * frame.columns) / 1e6
    const limit = (patienceMs + megapixels * msPerMegapixel) * busy()
    const timer = setTimeout(() => {
      end(damaged(`the pixels could not be unpacked within ${Math.round(limit / 1000)} seconds`))
    }, limit)
    function settle() {
      clearTimeout(timer)
      worker.off('message', answered)
      worker.off('error', failed)
      worker.off('exit', ended)
    }
    function end(reason: AppError) {
      settle()
      // A fault while it ends is no news.
      worker.on('error', () => undefined)
      started--
      void worker.terminate()
      reject(reason)
      next()
    }
    function answered(answer: WorkerAnswer) {
      settle()
      worker.unref()
      idle.push(worker)
      if (answer.kind === 'unpacked') resolve(answer.frame)
      else reject(refusals[answer.code](answer.message))
      next()
    }
    const failed = (cause: Error) =>
      end(damaged(`the decoder failed (${cause.message.slice(0, 200)})`))
    const ended = () => end(damaged('the decoder ended while it unpacked the pixels'))
    worker.on('message', answered)
    worker.on('error', failed)
    worker.on('exit', ended)
    // A copy, whose memory moves into the thread.
    const data = new Uint8Array(frame.data)
    worker.postMessage({ ...frame, data }, [data.buffer])
  }

  return {
    /** Throws TRUNCATED, DAMAGED or UNSUPPORTED. */
    decode: (frame: PackedFrame): Promise<UnpackedFrame> =>
      new Promise((resolve, reject) => {
        waiting.push({ frame, resolve, reject })
        next()
      }),
    /** Threads that are there now. */
    threads: () => started,
  }
}

const refusals = { TRUNCATED: truncated, DAMAGED: damaged, UNSUPPORTED: unsupported }

/** Those of this process. */
export const decoders = createDecoders()
