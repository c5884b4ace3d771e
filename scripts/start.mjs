// npm start [-- --dev] [-- arguments of the app]
import { buildWhenStale, forgetBuild } from './run/build.mjs'
import { runTool, runToEnd } from './run/children.mjs'
import { withDisplay } from './run/display.mjs'
import { electronProgram } from './setup/electron.mjs'
import { runEntry, say } from './setup/messages.mjs'
import { sandboxArguments } from './setup/sandbox.mjs'
import { setUp } from './setup/setUp.mjs'

await runEntry(async () => {
  const args = process.argv.slice(2)
  await setUp()
  if (args.includes('--dev'))
    return develop(args.filter((argument) => !/^(--dev|--)$/.test(argument)))
  await buildWhenStale('window')
  return withDisplay((env) => {
    if (env.DISPLAY) say(`No display found: the window opens on a virtual one, ${env.DISPLAY}`)
    return runToEnd(electronProgram, [...sandboxArguments, '.', ...args], { env })
  })
})

/** Rebuilds and reloads as the sources change. */
function develop(args) {
  forgetBuild()
  const noSandbox = sandboxArguments.length > 0 ? ['--noSandbox'] : []
  return withDisplay((env) =>
    runTool('electron-vite', ['dev', ...noSandbox, '--', ...args], { env }),
  )
}
