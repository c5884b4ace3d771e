/** The command's process: its streams, its signals, its end. */
import { engineHandlers } from '../engine/handlers.ts'
import { engineContract } from '../shared/contracts/engine.ts'
import { INTERRUPTED } from './exitStatus.ts'
import { localClient } from './localEngine.ts'
import { run } from './run.ts'

// The script that starts a checkout's command runs in the checkout; paths count from where the person stands.
const folder = process.env['PNEUMOSCOPE_FOLDER']
if (folder !== undefined) process.chdir(folder)

const interruption = new AbortController()

// A reader like `head` closes the pipe when it has enough; that is no failure of ours.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0)
    throw error
  })
}

// The first Ctrl+C asks to stop and keep what is good; the second does not wait.
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (interruption.signal.aborted) process.exit(INTERRUPTED)
    process.stderr.write('\nStopping; once more ends at once.\n')
    interruption.abort()
  })
}

void run(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  engine: localClient(engineContract, engineHandlers()),
  signal: interruption.signal,
}).then((status) => {
  process.exitCode = status
  // Threads of TensorFlow would keep a finished process alive; what is written must be out first.
  process.stdout.write('', () => process.stderr.write('', () => process.exit(status)))
})
