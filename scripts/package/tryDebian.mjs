import { spawn, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { run } from '../setup/commands.mjs'
import { say } from '../setup/messages.mjs'

export const user = 'ada'

/**
 * A Debian 12 of the smallest kind in `folder` (made unless it is there), with the package installed by apt and a
 * normal user without any files. `as(name, command)` runs a shell command in it, `start(name, command)` one that stays.
 */
export function cleanDebian(folder, deb) {
  const debian = debianAt(folder)
  const { tree } = debian
  cpSync(deb, join(tree, 'tmp', basename(deb)))
  say(`Installing ${basename(deb)} with apt`)
  const from = Date.now()
  const installed = debian.as(
    'root',
    `apt-get -qq update && apt-get install --yes --no-install-recommends /tmp/${basename(deb)}`,
  )
  if (installed.status !== 0) throw new Error(`apt could not install it:\n${installed.output}`)
  rmSync(join(tree, 'tmp', basename(deb)))
  say(`Installed in ${((Date.now() - from) / 1000).toFixed(0)} s`)
  // To look at a window with, and for AppImages to mount themselves; no part of what the package asks for.
  debian.as(
    'root',
    'apt-get install --yes -qq --no-install-recommends xvfb fuse libfuse2; apt-get remove --yes -qq xdg-utils',
  )
  // Made anew: what an earlier try left in its home would stand in the way of this one.
  debian.as('root', `userdel --remove ${user}; useradd --create-home --shell /bin/sh ${user}`)
  return debian
}

/** The same without a package. */
function debianAt(folder) {
  const tree = join(folder, 'debian-12')
  if (!existsSync(join(tree, '.made'))) make(tree)
  mount(tree)
  return {
    tree,
    as: (name, command) => as(tree, name, command),
    start: (name, command) => start(tree, name, command),
  }
}

function make(tree) {
  say('Making a clean Debian 12 (debootstrap)')
  rmSync(tree, { recursive: true, force: true })
  mkdirSync(tree, { recursive: true })
  run('debootstrap', ['--variant=minbase', 'bookworm', tree])
  // This machine's way to its package archives.
  for (const path of ['etc/resolv.conf', 'etc/apt/apt.conf.d']) {
    cpSync(join('/', path), join(tree, path), { recursive: true, dereference: true })
  }
  run('touch', [join(tree, '.made')])
}

function mount(tree) {
  run('mount', ['-t', 'proc', 'proc', join(tree, 'proc')])
  run('mount', ['--rbind', '/dev', join(tree, 'dev')])
  openFuse(tree)
}

/** For every user, as a Debian that runs has it, and as containers often have not. */
function openFuse(tree) {
  const device = join(tree, 'tmp', 'fuse')
  rmSync(device, { force: true })
  run('mknod', ['--mode=666', device, 'c', '10', '229'])
  run('mount', ['--bind', device, join(tree, 'dev', 'fuse')])
}

/** By a root of its own, because the kernel lets no one who is in a chroot make the namespaces of Chromium's sandbox. */
const enter =
  'mount --rbind "$0" "$0" && cd "$0" && pivot_root . mnt && umount -l /mnt && exec su - "$1" -c "$2"'

const inTree = (tree, name, command) => [
  'unshare',
  ['--mount', '--propagation', 'private', 'sh', '-c', enter, tree, name, command],
]

function as(tree, name, command) {
  const [program, args] = inTree(tree, name, command)
  const env = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', DEBIAN_FRONTEND: 'noninteractive' }
  const result = spawnSync(program, args, { encoding: 'utf8', env, timeout: 600_000 })
  return {
    status: result.status,
    stdout: result.stdout,
    output: `${result.stdout}${result.stderr}`,
  }
}

function start(tree, name, command) {
  const [program, args] = inTree(tree, name, command)
  return spawn(program, args, { stdio: 'ignore', detached: true })
}
