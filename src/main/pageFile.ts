import { join, resolve, sep } from 'node:path'

/** The file that an address names within `root`; undefined when it leads out of it. */
export function pageFile(root: string, address: string): string | undefined {
  let path: string
  try {
    path = decodeURIComponent(new URL(address).pathname)
  } catch {
    return undefined
  }
  if (path.includes('\0') || path.includes('\\')) return undefined
  const file = resolve(join(root, path === '/' ? 'index.html' : path))
  return file.startsWith(root + sep) ? file : undefined
}
