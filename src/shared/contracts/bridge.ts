/** What the preload script puts on the window: a way to main, and tokens for dropped files. */
import type { Source } from './appAreas/program.ts'

/** A DOM `File`, as far as its type is known outside the window. */
export interface DroppedFile {
  readonly name: string
  readonly size: number
  readonly lastModified: number
}

/** `window.pneumoscope`. */
export interface Bridge {
  /**
   * Asks main for a port that serves `appContract`. It arrives as a `message` event on the window
   * with data `portMessage`, the window as its source and the port in `ports[0]`; each call makes
   * a new one, and the oldest is closed when there are more than eight. Do not put ArrayBuffers into
   * a transfer list: a message that transfers one never reaches main.
   */
  connect(): void
  /** A token for files or folders dropped on the window; the paths go to main alone. */
  sourceOfDrop(files: readonly DroppedFile[]): Promise<Source>
}

export const portMessage = 'pneumoscope:port'
