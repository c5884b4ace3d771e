/** What the preload script puts on the window: a way to main, and tokens for dropped files. */
import type { Source } from './app.ts'

export interface Bridge {
  /**
   * Asks main for a port that serves `appContract`. It arrives as a `message` event on the window
   * with data `portMessage` and the port in `ports[0]`; each call makes a new one.
   */
  connect(): void
  /** A token for files or folders dropped on the window; the paths go to main alone. */
  sourceOfDrop(files: File[]): Promise<Source>
}

export const portMessage = 'pneumoscope:port'
