import {
  copyFileSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { join } from 'node:path'

/**
 * Puts a cached folder at `target` as hard links (real files to a packager, no second copy on disk), or as
 * copies where the two lie on different disks. `proof`, a path inside, tells whether that was done already.
 */
export function placeTree(source, target, proof) {
  if (isSameFile(join(source, proof), join(target, proof))) return
  const part = `${target}.part`
  rmSync(part, { recursive: true, force: true })
  linkTree(source, part)
  rmSync(target, { recursive: true, force: true })
  renameSync(part, target)
}

function isSameFile(one, other) {
  const a = statSync(one, { throwIfNoEntry: false })
  const b = statSync(other, { throwIfNoEntry: false })
  return a !== undefined && b !== undefined && a.dev === b.dev && a.ino === b.ino
}

function linkTree(source, target) {
  mkdirSync(target, { recursive: true })
  for (const entry of readdirSync(source, { withFileTypes: true })) {
    const from = join(source, entry.name)
    const to = join(target, entry.name)
    if (entry.isDirectory()) linkTree(from, to)
    else if (entry.isSymbolicLink()) symlinkSync(readlinkSync(from), to)
    else linkOrCopy(from, to)
  }
}

function linkOrCopy(from, to) {
  try {
    linkSync(from, to)
  } catch {
    copyFileSync(from, to)
  }
}
