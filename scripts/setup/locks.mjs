import { spawnSync } from 'node:child_process'
import { closeSync, mkdirSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { say } from './messages.mjs'
import { cacheFolder } from './paths.mjs'

const held = new Set()

/** File descriptors of the locks that this process holds, to be handed to the commands it runs. */
export const heldLocks = () => [...held]

/**
 * Runs `act` while no other process that asks for the same lock does. The kernel holds the lock for as long
 * as any process has the file open, so a killed process frees it and nothing is ever left to clean up.
 */
export async function withLock(name, act) {
  const folder = join(cacheFolder, 'locks')
  mkdirSync(folder, { recursive: true })
  const file = openSync(join(folder, `${name}.lock`), 'a')
  try {
    takeLock(file)
    held.add(file)
    return await act()
  } finally {
    held.delete(file)
    closeSync(file)
  }
}

/** `flock` and Python lock the open file that they share with us; Windows has neither and goes unlocked. */
function takeLock(file) {
  const stdio = ['ignore', 'ignore', 'ignore', file]
  const atOnce = spawnSync('flock', ['--nonblock', '3'], { stdio })
  if (atOnce.status === 0) return
  if (!atOnce.error) {
    say('Waiting for another set-up of this project to finish')
    spawnSync('flock', ['3'], { stdio })
    return
  }
  spawnSync('python3', ['-c', 'import fcntl; fcntl.flock(3, fcntl.LOCK_EX)'], { stdio })
}
