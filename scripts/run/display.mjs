import { spawn } from 'node:child_process'
import { SetupError } from '../setup/messages.mjs'
import { displayServer, needsVirtualDisplay } from '../setup/systemPackages.mjs'

const startLimitMs = 30_000

/**
 * Runs `act(env)` where windows can open. Without a display it starts one in memory first, on a number that
 * the server picks itself; `env` tells the programs that `act` starts about it.
 */
export async function withDisplay(act) {
  if (!needsVirtualDisplay()) return act({})
  const { server, display } = await startDisplay()
  const stop = () => server.kill()
  process.on('exit', stop)
  try {
    return await act({ DISPLAY: display })
  } finally {
    process.off('exit', stop)
    stop()
  }
}

function startDisplay() {
  const screen = ['-screen', '0', '1920x1200x24', '-nolisten', 'tcp', '-ac']
  const server = spawn(displayServer, ['-displayfd', '3', ...screen], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  })
  return new Promise((resolve, reject) => {
    const fail = (reason) => reject(new SetupError(`The virtual display did not start: ${reason}`))
    const limit = setTimeout(() => fail('no answer'), startLimitMs)
    let answer = ''
    server.stdio[3].on('data', (bytes) => {
      answer += bytes
      if (!answer.includes('\n')) return
      clearTimeout(limit)
      resolve({ server, display: `:${answer.trim()}` })
    })
    server.on('error', (error) => fail(error.message))
    server.on('exit', (status) => fail(`it ended with ${status}`))
  })
}
