import { createRequire } from 'node:module'
import { z } from 'zod'

/** Of the program; package.json lies two folders up from the source and from the bundle alike. */
export function programVersion(): string {
  const require = createRequire(import.meta.url)
  return z.object({ version: z.string() }).parse(require('../../package.json')).version
}
