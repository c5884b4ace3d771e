/** An engine as a child process: how it is started, heard, and known to be dead. */
import { app, utilityProcess, type Details, type UtilityProcess } from 'electron'
import type { Port } from '../shared/rpc/port.ts'
import type { Log } from './log.ts'

const environment = {
  // Chromium's allocator aborts the process on blocks of 2 GiB; below, running out is an exception.
  TF_MKL_ALLOC_MAX_BYTES: '2147483648',
  TF_CPP_MIN_LOG_LEVEL: '2',
}

const serviceName = (name: string) => `Pneumoscope ${name}`

/** Starts the built engine; what it writes goes to the log, without paths. */
export function forkEngine(name: string, script: string, log: Log): UtilityProcess {
  const child = utilityProcess.fork(script, [], {
    serviceName: serviceName(name),
    stdio: 'pipe',
    env: { ...process.env, ...environment },
  })
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      for (const words of chunk.toString('utf8').split('\n'))
        if (words.trim()) log.line(name, words)
    })
  }
  return child
}

/** Whether it has used no processor time to speak of since this was last asked. */
export function isIdle({ pid }: UtilityProcess): boolean {
  const found = app.getAppMetrics().find((metric) => metric.pid === pid)
  return found !== undefined && found.cpu.percentCPUUsage < 0.5
}

/** Ends it without asking: one that hangs does not hear. What it writes is whole or not there at any moment. */
export function endAtOnce({ pid }: UtilityProcess): void {
  if (pid === undefined) return
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}

/** The child's exit code or deadly signal, once it is gone. */
export function exitCodeOf(child: UtilityProcess, name: string): Promise<number> {
  return new Promise((resolve) => {
    let goneCode: number | undefined
    const gone = (_event: unknown, details: Details) => {
      if (details.name === serviceName(name)) goneCode = details.exitCode
    }
    app.on('child-process-gone', gone)
    child.once('exit', (code) => {
      // When its pipe breaks before its death is known, `exit` says 0 and the truth comes later.
      setTimeout(
        () => {
          app.off('child-process-gone', gone)
          resolve(goneCode ?? code)
        },
        code === 0 ? 250 : 0,
      )
    })
  })
}

/** What `connect` needs, and how to tell it that the child is gone. */
export function portOf(child: UtilityProcess): { port: Port; closed: () => void } {
  const closers: (() => void)[] = []
  let isAlive = true
  child.once('exit', () => (isAlive = false))
  return {
    port: {
      post: (message) => {
        if (isAlive) child.postMessage(message)
      },
      onMessage: (listener) => void child.on('message', listener),
      onClose: (listener) => void closers.push(listener),
    },
    closed: () => closers.forEach((close) => close()),
  }
}
