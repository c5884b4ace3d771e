import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { constants } from 'node:os'
import { join } from 'node:path'
import { nodeModules, root } from '../setup/paths.mjs'

/**
 * Runs a program in the foreground and returns its exit status (128 + number for a signal, as a shell does).
 * A request to stop is the program's to answer: we pass it on and wait. Ctrl-C reaches it without us.
 */
export function runToEnd(command, args, { env, stdio = 'inherit' } = {}) {
  const child = spawn(command, args, { cwd: root, env: { ...process.env, ...env }, stdio })
  const handlers = {
    SIGTERM: () => child.kill('SIGTERM'),
    SIGHUP: () => child.kill('SIGHUP'),
    SIGINT: () => undefined,
  }
  for (const [signal, handler] of Object.entries(handlers)) process.on(signal, handler)
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (status, signal) => {
      for (const [name, handler] of Object.entries(handlers)) process.off(name, handler)
      resolve(status ?? 128 + constants.signals[signal])
    })
  })
}

export const runNode = (args, options) => runToEnd(process.execPath, args, options)

/** Runs a program that an npm package brings: `runTool('typescript/tsc', ['-b'])`. */
export const runTool = (tool, args, options) => runNode([toolPath(tool), ...args], options)

function toolPath(tool) {
  const [, packageName, program] = /^((?:@[^/]+\/)?[^/]+)(?:\/(.+))?$/.exec(tool)
  const folder = join(nodeModules, packageName)
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  return join(folder, typeof bin === 'string' ? bin : bin[program ?? packageName])
}
