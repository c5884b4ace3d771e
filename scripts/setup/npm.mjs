import { run } from './commands.mjs'
import { root } from './paths.mjs'

/** Runs npm in the checkout: the npm that runs us, where there is one (Windows cannot spawn `npm` itself). */
export function runNpm(args) {
  const script = process.env.npm_execpath
  if (script?.endsWith('npm-cli.js')) run(process.execPath, [script, ...args], { cwd: root })
  else run('npm', args, { cwd: root })
}
