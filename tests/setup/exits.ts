/** vitest says that a test process ended, not how. A signal or a status tells a fault of ours from a lack of memory. */
import type { ChildProcess } from 'node:child_process'
import { subscribe } from 'node:diagnostics_channel'

export default function tellExits(): void {
  subscribe('child_process', (message) => {
    const { process: child } = message as { process: ChildProcess }
    child.on('exit', (status, signal) => {
      if (status === 0 || child.killed) return
      console.error(`Process ${child.pid ?? '?'} ended by ${signal ?? `status ${String(status)}`}`)
    })
  })
}
