import { createHash } from 'node:crypto'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[/\\]$/, '')
export const nodeModules = join(root, 'node_modules')
export const setupFolder = join(root, 'scripts', 'setup')

/** Downloads and what is built from them, shared by every checkout of this user. */
export const cacheFolder =
  process.env.PNEUMOSCOPE_CACHE ||
  join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'pneumoscope')

export const isLinuxX64 = process.platform === 'linux' && process.arch === 'x64'

export const sha256 = (content) => createHash('sha256').update(content).digest('hex')

/** Names this checkout among all on the machine. */
export const checkoutLock = `checkout-${sha256(root).slice(0, 16)}`
