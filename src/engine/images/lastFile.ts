/** The file that was read last: a film that is opened is imported, shown and scored within a second, and read once. */
import type { BigIntStats } from 'node:fs'

interface LastFile {
  readonly path: string
  readonly mark: string
  readonly bytes: Buffer
}

/** Larger files would hold more memory than a second reading is worth. */
const MAX_KEPT_BYTES = 64 * 2 ** 20
const KEPT_MS = 5000

let last: LastFile | undefined
let timer: NodeJS.Timeout | undefined

/** The bytes of the file as they were read a moment ago; undefined where it is another one or was changed since. */
export const lastBytes = (path: string, stats: BigIntStats): Buffer | undefined =>
  last?.path === path && last.mark === markOf(stats) ? last.bytes : undefined

/** `stats` are from before it was read, so that a change meanwhile shows. Nobody may write into `bytes` from now on. */
export function keepBytes(path: string, stats: BigIntStats, bytes: Buffer): void {
  clearTimeout(timer)
  last = bytes.length <= MAX_KEPT_BYTES ? { path, mark: markOf(stats), bytes } : undefined
  timer = setTimeout(() => (last = undefined), KEPT_MS)
  timer.unref()
}

const markOf = ({ dev, ino, size, mtimeNs, ctimeNs }: BigIntStats): string =>
  [dev, ino, size, mtimeNs, ctimeNs].join()
