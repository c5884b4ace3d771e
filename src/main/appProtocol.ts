/** app://: the files of the built page, and no other file. */
import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { contentSecurityPolicy } from './contentSecurityPolicy.ts'
import { appScheme } from './ownPage.ts'
import { pageFile } from './pageFile.ts'
import { refuse, serveScheme } from './serveScheme.ts'

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
}

const headers = {
  'Content-Security-Policy': contentSecurityPolicy,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
}

export function serveApp(root: string): void {
  serveScheme(appScheme, async (address) => {
    const file = pageFile(root, address)
    if (file === undefined) return refuse(403, 'This address leads out of the program', headers)
    try {
      const contentType = contentTypes[extname(file)] ?? 'application/octet-stream'
      return { status: 200, contentType, headers, body: await readFile(file) }
    } catch {
      return refuse(404, 'The program has no such file', headers)
    }
  })
}
