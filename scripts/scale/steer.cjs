/**
 * Runs in the main process, before the program (`electron -r steer.cjs`): opens the data set, jumps through its films, filters
 * them and checks their quality, and writes what it measured as a line of JSON. The page is asked through the program's own
 * channel, since a debugger's would keep what the page has let go of.
 */
'use strict'
const { app } = require('electron')
const { readFileSync } = require('node:fs')
const { join } = require('node:path')

const PLACES = 300
const CHUNK = 100
const FRAMES = 600
const EVERY_MS = 5
const STOP_AFTER_MS = 20_000
const SAMPLE_MS = 2_000

app.on('browser-window-created', (_event, { webContents }) => {
  webContents.once('did-finish-load', () => {
    steer(webContents).then(tell, (cause) => tell({ failure: String(cause) }))
  })
})

function tell(found) {
  process.stdout.write(`${JSON.stringify(found)}\n`, () => app.exit(0))
}

async function steer(contents) {
  const ask = (call) => contents.executeJavaScript(`steered.${call}`)
  const script = readFileSync(join(__dirname, 'steered.js'), 'utf8')
  // What a script ends in is sent back, and functions cannot be.
  await contents.executeJavaScript(`${script}\nundefined`)
  const silence = watchAnswers()
  const found = await tours[process.env.PNEUMOSCOPE_SCALE](contents, ask)
  return { ...found, silence }
}

const tours = {
  async window(contents, ask) {
    const opened = await ask('open()')
    const memory = [await memoryOf(contents)]
    const frames = await ask(`scroll(${FRAMES})`)
    let cells = 0
    for (let from = 0; from < PLACES; from += CHUNK) {
      cells = Math.max(cells, await ask(`jump(${from}, ${from + CHUNK}, ${PLACES})`))
      memory.push(await memoryOf(contents))
    }
    return { places: PLACES, opened, filtered: await ask('filter()'), frames, cells, memory }
  },
  /** Stopped once on the way, begun again, and left to its end. */
  async check(contents, ask) {
    await ask('open()')
    await ask('begin()')
    await new Promise((resolve) => setTimeout(resolve, STOP_AFTER_MS))
    const stopped = await ask('stop()')
    const memory = []
    const sample = () => memory.push(heldNow(contents))
    sample()
    const timer = setInterval(sample, SAMPLE_MS)
    const resumed = await ask('begin()')
    const checked = await ask('finish()')
    clearInterval(timer)
    return { stopped, resumed, checked, memory }
  },
}

/** MB that the page's, the main and the engine's process hold, garbage and all: collecting it would keep main from answering. */
function heldNow(contents) {
  const isEngine = ({ serviceName }) => serviceName === 'node.mojom.NodeService'
  const { pid } = app.getAppMetrics().find(isEngine)
  const [page, main, engine] = [contents.getOSProcessId(), process.pid, pid].map(residentMb)
  return { page, main, engine }
}

/** MB after garbage collection: what the page's and the main process hold in memory, and what the page's scripts hold of it. */
async function memoryOf(contents) {
  const heap = await contents.executeJavaScript('gc(); performance.memory.usedJSHeapSize')
  globalThis.gc()
  const [page, main] = [contents.getOSProcessId(), process.pid].map(residentMb)
  return { page, main, heap: Math.round(heap / 2 ** 20) }
}

function residentMb(pid) {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Math.round(Number(/^VmRSS:\s+(\d+) kB/m.exec(status)[1]) / 1024)
}

/** A timer that comes late says for how long nobody was answered; what was seen so far. */
function watchAnswers() {
  const seen = { longest: 0, long: 0 }
  let last = Date.now()
  setInterval(() => {
    const late = Date.now() - last - EVERY_MS
    last = Date.now()
    seen.longest = Math.max(seen.longest, late)
    if (late > 100) seen.long++
  }, EVERY_MS)
  return seen
}
