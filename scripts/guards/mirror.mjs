import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs' // prettier-ignore
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { outputOf } from '../setup/commands.mjs'
import { root } from '../setup/paths.mjs'

const listed = ['ls-files', '--cached', '--others', '--exclude-standard']

/** A copy of the checkout in which sources can be changed; what is installed and what is built is the checkout's own. */
export function makeMirror() {
  const mirror = mkdtempSync(join(tmpdir(), 'pneumoscope-guards-'))
  for (const path of outputOf('git', listed, { cwd: root }).split('\n')) {
    if (path === '' || !existsSync(join(root, path))) continue
    mkdirSync(join(mirror, dirname(path)), { recursive: true })
    cpSync(join(root, path), join(mirror, path))
  }
  symlinkSync(join(root, 'node_modules'), join(mirror, 'node_modules'))
  if (existsSync(join(root, 'out'))) cpSync(join(root, 'out'), join(mirror, 'out'), { recursive: true }) // prettier-ignore
  writeFileSync(
    join(mirror, 'main.vite.config.ts'),
    "import all from './electron.vite.config.ts'\nexport default { main: (all as { main: object }).main }\n",
  )
  return mirror
}

/** Puts a file back as the checkout has it. */
export function restore(mirror, path) {
  rmSync(join(mirror, path))
  cpSync(join(root, path), join(mirror, path))
}
