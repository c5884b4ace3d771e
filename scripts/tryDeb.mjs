// npm run package:try [-- FOLDER]: installs the .deb of `npm run package` in a clean Debian 12 below FOLDER and uses it,
// then the AppImage. As root, with debootstrap; takes some minutes. What it saw goes to standard output, pictures to dist/.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  tryAppImage,
  tryAssociation,
  tryCommandLine,
  tryHardening,
  tryRemoval,
} from './package/tryCommands.mjs'
import { cleanDebian } from './package/tryDebian.mjs'
import { tryWindow } from './package/tryWindow.mjs'
import { installPackages } from './setup/apt.mjs'
import { isOnPath } from './setup/commands.mjs'
import { runEntry, SetupError } from './setup/messages.mjs'
import { root } from './setup/paths.mjs'

const inside = 'PNEUMOSCOPE_TRY_INSIDE'

await runEntry(async () => {
  if (process.getuid?.() !== 0) throw new SetupError('A clean Debian takes root to make')
  if (!isOnPath('debootstrap')) await installPackages(['debootstrap'], 'to make a clean Debian')
  // Again in a mount namespace of its own: whatever is mounted goes with it.
  if (process.env[inside] === undefined) {
    const self = [process.execPath, fileURLToPath(import.meta.url), ...process.argv.slice(2)]
    const env = { ...process.env, [inside]: '1' }
    return spawnSync('unshare', ['--mount', ...self], { env, stdio: 'inherit' }).status ?? 1
  }
  const dist = join(root, 'dist')
  const deb = readdirSync(dist).find((name) => name.endsWith('.deb'))
  if (deb === undefined) throw new SetupError('There is no package: run «npm run package» first')
  const [given] = process.argv.slice(2).filter((word) => word !== '--')
  const folder = given ? resolve(given) : mkdtempSync(join(tmpdir(), 'pneumoscope-debian-'))
  const debian = cleanDebian(folder, join(dist, deb))
  const findings = []
  const see = (what, holds, detail = '') => {
    findings.push(holds)
    console.log(`${holds ? '✓' : '✗'} ${what}${detail === '' ? '' : `: ${detail}`}`)
  }
  tryCommandLine(debian, see)
  await tryHardening(debian, see)
  const picture = (kind) => (name) => join(dist, `${kind}-${name}.png`)
  const installed = { name: 'deb', command: 'pneumoscope window' }
  await tryWindow(debian, see, { ...installed, picture: picture('deb') })
  tryAssociation(debian, see)
  tryRemoval(debian, see)
  const appImage = readdirSync(dist).find((name) => name.endsWith('.AppImage'))
  if (appImage !== undefined) {
    const path = `/tmp/${appImage}`
    cpSync(join(dist, appImage), join(debian.tree, path))
    tryAppImage(debian, see, path)
    const carried = { name: 'AppImage', command: `${path} window` }
    await tryWindow(debian, see, { ...carried, picture: picture('appimage') })
    rmSync(join(debian.tree, path))
  }
  const failed = findings.filter((holds) => !holds).length
  console.log(
    `\n${findings.length - failed} as it should be, ${failed} not; the system is in ${folder}`,
  )
  return failed === 0 ? 0 : 1
})
