import {
  appendFileSync,
  chmodSync,
  copyFileSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { join } from 'node:path'
import { installPackages } from '../setup/apt.mjs'
import { isOnPath, run } from '../setup/commands.mjs'
import { root } from '../setup/paths.mjs'
import { appImageRuntime } from './appImageRuntime.mjs'

/**
 * Puts the staged program into an AppImage: one file that runs where it lies. It needs a kernel that lets users create
 * namespaces for Chromium's sandbox, because no program inside it can belong to root.
 */
export async function makeAppImage(program, { version }, target) {
  if (!isOnPath('mksquashfs')) await installPackages(['squashfs-tools'], 'to make an AppImage')
  const runtime = await appImageRuntime()
  const packaging = join(root, 'packaging')
  const added = ['AppRun', 'pneumoscope.desktop', 'pneumoscope.png', '.DirIcon']
  symlinkSync('pneumoscope', join(program, 'AppRun'))
  copyFileSync(
    join(packaging, 'linux', 'pneumoscope.desktop'),
    join(program, 'pneumoscope.desktop'),
  )
  copyFileSync(join(packaging, 'icons', '256.png'), join(program, 'pneumoscope.png'))
  symlinkSync('pneumoscope.png', join(program, '.DirIcon'))
  const image = join(root, 'dist', 'appimage.squashfs')
  const file = join(target, `pneumoscope-${version}-x86_64.AppImage`)
  try {
    // The runtime reads gzip alone.
    const options = ['-noappend', '-all-root', '-no-progress', '-no-xattrs', '-comp', 'gzip']
    run('mksquashfs', [program, image, ...options])
    const part = `${file}.part`
    copyFileSync(join(runtime, 'runtime'), part)
    appendFileSync(part, readFileSync(image))
    chmodSync(part, 0o755)
    renameSync(part, file)
    return file
  } finally {
    rmSync(image, { force: true })
    for (const name of added) rmSync(join(program, name), { force: true })
  }
}
