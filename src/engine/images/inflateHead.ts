import { constants, gunzipSync } from 'node:zlib'

/** What the compressed head holds; empty when it is not gzip after all. 1 KiB inflates to at most 1 MiB. */
export function inflateHead(head: Uint8Array): Uint8Array {
  try {
    return gunzipSync(head, { finishFlush: constants.Z_SYNC_FLUSH })
  } catch {
    return new Uint8Array()
  }
}
