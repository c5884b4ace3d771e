import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

const Package = z.object({ version: z.string() })

/** Of the program: what the nearest package.json above this code says, in the source as in the bundle. */
export function programVersion(): string {
  const file = packageFile(dirname(fileURLToPath(import.meta.url)))
  return Package.parse(JSON.parse(readFileSync(file, 'utf8'))).version
}

function packageFile(folder: string): string {
  const file = join(folder, 'package.json')
  return existsSync(file) || folder === dirname(folder) ? file : packageFile(dirname(folder))
}
