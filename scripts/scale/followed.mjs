/** A program that is watched while it runs: time, processor time, memory, and what it tells. */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { SetupError } from '../setup/messages.mjs'

const INTERVAL_MS = 200
/** Of /proc/PID/stat, per second; the same on every Linux that Node runs on. */
const TICKS = 100

/** Pairs of words and figures. Throws when the program fails. */
export async function followed(args) {
  const started = performance.now()
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '2' },
  })
  const records = []
  const lines = createInterface({ input: child.stdout })
  lines.on('line', (line) => {
    // Single findings are many; the first record sums up.
    if (records.length < 1) records.push(JSON.parse(line))
  })
  const samples = []
  const timer = setInterval(() => {
    const sample = look(child.pid)
    if (sample) samples.push(sample)
  }, INTERVAL_MS)
  const status = await new Promise((resolve) => child.on('close', resolve))
  clearInterval(timer)
  const seconds = (performance.now() - started) / 1000
  if (status !== 0) throw new SetupError(`${args.slice(1).join(' ')} ended with status ${status}`)
  const last = samples.at(-1)
  return [
    ['time on the clock', `${seconds.toFixed(1)} s`],
    ['processor time', `${last.processorSeconds.toFixed(1)} s`],
    ['peak of memory', `${last.peakMb} MB`],
    ['memory at ¼, ½, ¾ and the end', [0.25, 0.5, 0.75, 1].map((share) => `${samples[Math.ceil(share * samples.length) - 1].mb}`).join(', ') + ' MB'], // prettier-ignore
    ...tell(records[0]),
  ]
}

function look(pid) {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    const of = (name) => Math.round(Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) / 1024) // prettier-ignore
    const ticks = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ').slice(11, 13)
    const mb = of('VmRSS')
    if (!(mb > 0)) return undefined
    return { mb, peakMb: of('VmHWM'), processorSeconds: ticks.reduce((sum, each) => sum + Number(each), 0) / TICKS } // prettier-ignore
  } catch {
    // It has just ended.
    return undefined
  }
}

const grouped = (number) => number.toLocaleString('en-US')

/** What an import or a quality check answers first. */
function tell({ images, patients, duplicates, summary, kinds }) {
  const found = []
  if (images !== undefined) found.push(['films, patients, equal films', [images, patients, duplicates].map(grouped).join(', ')]) // prettier-ignore
  if (summary) found.push(['films, unreadable', `${grouped(summary.films)}, ${summary.unreadable}`])
  if (summary?.labels) found.push(['labels that agree with predictions of other patients’ films', `${(100 * summary.labels.agreement).toFixed(1)} %`]) // prettier-ignore
  for (const { kind, findings, films } of kinds ?? []) {
    found.push([`\`${kind}\``, `${grouped(findings)} findings, ${grouped(films)} films`])
  }
  return found
}
