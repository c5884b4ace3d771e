/** Where results, words and progress go: results to standard output, all else to standard error. */

/** The part of a stream that we write to. */
export interface Sink {
  write(text: string): unknown
  readonly isTTY?: boolean
  readonly columns?: number
}

export interface Output {
  /** One JSON object a line, with `--json` only. */
  readonly record: (value: object) => void
  /** A line for a person, without `--json` only. */
  readonly print: (text: string) => void
  /** A remark, a warning or an error. */
  readonly note: (text: string) => void
  /** Draws a bar over the last line of a terminal; elsewhere nothing. `share` is 0–1. */
  readonly progress: (share: number, text: string) => void
  /** Takes the bar away. */
  readonly clear: () => void
  readonly json: boolean
}

const barWidth = 24

export function createOutput(json: boolean, stdout: Sink, stderr: Sink): Output {
  let barShown = false
  function clear() {
    if (barShown) stderr.write('\r\u001b[2K')
    barShown = false
  }
  return {
    json,
    clear,
    record: (value) => {
      if (json) stdout.write(`${JSON.stringify(value)}\n`)
    },
    print: (text) => {
      clear()
      if (!json) stdout.write(`${text}\n`)
    },
    note: (text) => {
      clear()
      stderr.write(`${text}\n`)
    },
    progress: (share, text) => {
      if (json || stderr.isTTY !== true) return
      const line = `${bar(share)} ${text}`
      stderr.write(`\r\u001b[2K${line.slice(0, (stderr.columns ?? 80) - 1)}`)
      barShown = true
    },
  }
}

/** `████░░░░  50 %` */
function bar(share: number): string {
  const filled = Math.round(Math.min(1, Math.max(0, share)) * barWidth)
  const percent = String(Math.floor(share * 100)).padStart(3)
  return `${'█'.repeat(filled)}${'░'.repeat(barWidth - filled)} ${percent} %`
}
