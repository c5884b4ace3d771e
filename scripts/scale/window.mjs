/** The window on a large library: until films are drawn, frames while scrolling, cells, memory, and how long main keeps others waiting. */
import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { withDisplay } from '../run/display.mjs'
import { SetupError } from '../setup/messages.mjs'
import { root } from '../setup/paths.mjs'

const program = createRequire(import.meta.url)('electron')
/** Chromium's sandbox refuses to run as root. */
const sandbox = process.platform === 'linux' && process.getuid() === 0 ? ['--no-sandbox'] : []
const steer = join(root, 'scripts', 'scale', 'steer.cjs')

/** Pairs of words and figures of looking through the films. */
export async function windowFigures(library) {
  const { places, opened, filtered, frames, cells, memory, silence } = await tour('window', library)
  const of = (name) => `${memory.map((each) => each[name]).join(', ')} MB`
  return [
    ['open the page, films drawn', `${opened.toFixed(0)} ms`],
    ['a filter, films drawn', `${filtered.toFixed(0)} ms`],
    ['a frame while scrolling (software rendering), median and p95', `${frames.median.toFixed(1)}, ${frames.p95.toFixed(1)} ms`], // prettier-ignore
    [`cells at most, at ${places} places`, `${cells}`],
    ['memory of the page, before and after every hundred places', of('page')],
    ['of that, what its scripts hold', of('heap')],
    ['memory of the main process likewise', of('main')],
    ...late(silence),
  ]
}

/** Of a check of quality in the window, stopped once. */
export async function checkFigures(library) {
  const { stopped, resumed, checked, memory, silence } = await tour('check', library)
  const quarters = [0, 0.25, 0.5, 0.75, 1].map((share) => memory[Math.round(share * (memory.length - 1))]) // prettier-ignore
  const of = (name) => `${quarters.map((each) => each[name]).join(', ')} MB`
  return [
    ['stopped at, and after', `«${stopped.said}», ${stopped.ms.toFixed(0)} ms`],
    ['begun again with', `«${resumed}»`],
    ['time on the clock from there', `${(checked / 1000).toFixed(0)} s`],
    ['memory of the page, at its begin, ¼, ½, ¾ and the end', of('page')],
    ['memory of the main process likewise', of('main')],
    ['memory of the engine likewise', of('engine')],
    ...late(silence),
  ]
}

const late = ({ longest, long }) => [
  ['longest that main does not answer meanwhile', `${longest} ms`],
  ['times that it does not for more than 100 ms', `${long}`],
]

const tour = (name, library) =>
  withDisplay(async (display) => {
    const flags = ['--js-flags=--expose-gc', '--enable-precise-memory-info']
    const child = spawn(program, [...sandbox, ...flags, '-r', steer, root, '--library', library], {
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { ...process.env, ...display, PNEUMOSCOPE_SCALE: name },
    })
    const lines = []
    createInterface({ input: child.stdout }).on('line', (line) => lines.push(line))
    await new Promise((resolve) => child.on('close', resolve))
    const found = JSON.parse(lines.find((line) => line.startsWith('{')) ?? '{"failure":"it ended"}')
    if (found.failure) throw new SetupError(`The window said nothing: ${found.failure}`)
    return found
  })
