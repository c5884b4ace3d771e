/** Keras in a Python environment of its own, made once and kept in the cache folder. */
import { spawnSync } from 'node:child_process'
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const packages = ['keras==3.15.1', 'tensorflow-cpu==2.21.0', 'pillow']

/** Path of the environment's Python. Throws when Python or its packages cannot be had. */
export function kerasPython(cacheFolder: string): string {
  const home = join(cacheFolder, `bench-${packages.join('-').replace(/[^\w.-]/g, '-')}`)
  const python = join(home, 'bin', 'python')
  const ready = join(home, 'ready')
  if (existsSync(ready)) return python
  rmSync(home, { recursive: true, force: true })
  process.stderr.write(`Installing ${packages.join(', ')} into ${home} (about 300 MB)\n`)
  run('python3', ['-m', 'venv', home])
  run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...packages])
  // The mark comes last, so that a killed installation is begun anew.
  writeFileSync(ready, '')
  return python
}

function run(command: string, args: readonly string[]): void {
  const { status, error } = spawnSync(command, args, { stdio: ['ignore', 2, 2] })
  if (status !== 0)
    throw new Error(`${command} ${args.slice(0, 3).join(' ')} failed`, { cause: error })
}
