import {
  chmodSync,
  closeSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { isOnPath, outputOf, run } from '../setup/commands.mjs'
import { SetupError } from '../setup/messages.mjs'
import { root } from '../setup/paths.mjs'
import { bytesBelow, filesBelow } from './folderSize.mjs'

/** Of about the size that xz makes, in a tenth of its time. Debian 12 and Ubuntu 21.10 are the first to read it. */
const compression = ['-Zzstd', '-z6']

/** Puts the staged program into a Debian package; returns the package's path. */
export function makeDeb(program, { version, description }, target) {
  const tree = join(root, 'dist', 'deb')
  rmSync(tree, { recursive: true, force: true })
  const installed = join(tree, 'opt', 'pneumoscope')
  mkdirSync(join(tree, 'opt'), { recursive: true })
  renameSync(program, installed)
  try {
    share(tree)
    control(tree, installed, { version, description })
    openToAll(tree)
    const file = join(target, `pneumoscope_${version}_amd64.deb`)
    const part = `${file}.part`
    run('dpkg-deb', ['--root-owner-group', ...compression, '--build', tree, part])
    renameSync(part, file)
    return file
  } finally {
    renameSync(installed, program)
    rmSync(tree, { recursive: true, force: true })
  }
}

/** The command, the menu's entry, the icons and the licence. */
function share(tree) {
  const folder = (path) => {
    mkdirSync(join(tree, path), { recursive: true })
    return join(tree, path)
  }
  symlinkSync('/opt/pneumoscope/pneumoscope', join(folder('usr/bin'), 'pneumoscope'))
  const packaging = join(root, 'packaging')
  copyFileSync(
    join(packaging, 'linux', 'pneumoscope.desktop'),
    join(folder('usr/share/applications'), 'pneumoscope.desktop'),
  )
  for (const name of readdirSync(join(packaging, 'icons'))) {
    const [size, kind] = name.split('.')
    const place = kind === 'svg' ? 'scalable' : `${size}x${size}`
    copyFileSync(
      join(packaging, 'icons', name),
      join(folder(`usr/share/icons/hicolor/${place}/apps`), `pneumoscope.${kind}`),
    )
  }
  cpSync(
    join(packaging, 'linux', 'copyright'),
    join(folder('usr/share/doc/pneumoscope'), 'copyright'),
  )
}

function control(tree, installed, { version, description }) {
  const debian = join(tree, 'DEBIAN')
  mkdirSync(debian)
  const [summary, ...rest] = description.split('. ')
  writeFileSync(
    join(debian, 'control'),
    [
      'Package: pneumoscope',
      `Version: ${version}`,
      'Architecture: amd64',
      'Section: science',
      'Priority: optional',
      'Maintainer: The Pneumoscope developers <developers@pneumoscope.invalid>',
      `Installed-Size: ${Math.ceil(bytesBelow(tree) / 1024)}`,
      `Depends: ${dependsOf(installed)}`,
      'Recommends: xdg-utils, desktop-file-utils',
      `Description: ${summary.replace(/, on your own machine$/, '')}`,
      ` ${rest.join('. ')}`,
      '',
    ].join('\n'),
  )
}

/** Too large to look through for the version of every symbol; their libraries are those of the other programs. */
const huge = /libtensorflow_(cc|framework)\.so/

/** The packages of the libraries that the programs are linked against, with the versions they need. */
function dependsOf(installed) {
  if (!isOnPath('dpkg-shlibdeps')) {
    throw new SetupError(
      'Missing: dpkg-dev (to find out what the package depends on). Please run\n' +
        '  sudo apt-get install --yes --no-install-recommends dpkg-dev',
    )
  }
  const work = join(root, 'dist', 'shlibdeps')
  mkdirSync(join(work, 'debian'), { recursive: true })
  try {
    const source = 'Source: pneumoscope\n\nPackage: pneumoscope\nArchitecture: amd64\n'
    writeFileSync(join(work, 'debian', 'control'), source)
    const all = filesBelow(installed).filter(isElf)
    const programs = all.filter((path) => !huge.test(path))
    requireNoMore(all, programs)
    const folders = [...new Set(all.map(dirname))].map((folder) => `-l${folder}`)
    const files = programs.map((path) => `-e${path}`)
    const options = ['-O', '--ignore-missing-info', ...folders, ...files]
    const answer = outputOf('dpkg-shlibdeps', options, { cwd: work })
    const depends = /^shlibs:Depends=(.+)$/m.exec(answer ?? '')?.[1]
    if (depends === undefined) {
      throw new SetupError('dpkg-shlibdeps cannot tell what the package depends on')
    }
    return depends
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/** Throws when a huge library needs a library that none of the others does, and that the package lacks. */
function requireNoMore(all, programs) {
  const known = new Set([...programs.flatMap(librariesOf), ...all.map((path) => basename(path))])
  const unknown = all.flatMap(librariesOf).find((name) => !known.has(name))
  if (unknown !== undefined) throw new Error(`Nobody knows the package of ${unknown}`)
}

function librariesOf(path) {
  const answer = outputOf('readelf', ['--dynamic', '--wide', path]) ?? ''
  return [...answer.matchAll(/\(NEEDED\).*\[(.+)\]/g)].map(([, name]) => name)
}

function isElf(path) {
  const start = Buffer.alloc(4)
  const file = openSync(path, 'r')
  try {
    return readSync(file, start) === 4 && start.toString('latin1') === '\x7fELF'
  } finally {
    closeSync(file)
  }
}

/** Whoever packages may have a narrow umask; an installed program is for every user. Links have no mode of their own. */
function openToAll(tree) {
  for (const path of filesBelow(tree, { folders: true })) {
    const facts = statSync(path)
    const isProgram = facts.isDirectory() || (facts.mode & 0o111) !== 0
    chmodSync(path, (isProgram ? 0o755 : 0o644) | (facts.mode & 0o4000))
  }
}
