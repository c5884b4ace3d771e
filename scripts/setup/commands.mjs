import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { heldLocks } from './locks.mjs'
import { SetupError } from './messages.mjs'

/**
 * Runs a command to its end, its output on stderr. The command inherits the locks that set-up holds: should
 * set-up be killed, they stay taken until the orphaned command is through as well.
 */
export function run(command, args, { cwd, env } = {}) {
  const result = spawnSync(command, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 2, 2, ...heldLocks()],
  })
  if (result.error) throw new SetupError(`${command} could not be run: ${result.error.message}`)
  if (result.status !== 0) {
    const end = result.signal ? `was ended by ${result.signal}` : `failed (exit ${result.status})`
    throw new SetupError(`${[command, ...args].join(' ')} ${end}`)
  }
}

/** What a command prints on stdout; undefined when it cannot be run or fails. */
export function outputOf(command, args, { cwd, env } = {}) {
  const result = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  return result.status === 0 ? result.stdout : undefined
}

export function isOnPath(command) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, command), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}
