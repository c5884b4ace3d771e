/** The window on a large library: until films are drawn, frames while scrolling, cells, memory, and a check of quality. */
import { createRequire } from 'node:module'
import { _electron } from '@playwright/test'
import { withDisplay } from '../run/display.mjs'
import { root } from '../setup/paths.mjs'
import { checkFigures } from './answering.mjs'
import { memoryOf } from './memory.mjs'

const program = createRequire(import.meta.url)('electron')
/** Chromium's sandbox refuses to run as root. */
const sandbox = process.platform === 'linux' && process.getuid() === 0 ? ['--no-sandbox'] : []
const FRAMES = 600
const PLACES = 300

/** Pairs of words and figures. */
export const windowFigures = (library) =>
  withDisplay(async (display) => {
    const app = await _electron.launch({
      executablePath: program,
      args: [...sandbox, root, '--library', library],
      env: { ...process.env, ...display },
    })
    try {
      return await measure(app)
    } finally {
      await app.close()
    }
  })

async function measure(app) {
  const page = await app.firstWindow()
  await page.getByRole('navigation', { name: 'Places' }).waitFor()
  const grid = page.getByRole('listbox', { name: 'Films', exact: true })
  const opened = await timed(async () => {
    await page.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: 'Datasets' }).click() // prettier-ignore
    await drawn(grid)
  })
  const memory = [await memoryOf(app, page)]
  const frames = await grid.evaluate(scrollEvenly, FRAMES)
  const cells = []
  for (let place = 1; place <= PLACES; place++) {
    await grid.evaluate(jumpTo, place / PLACES)
    await drawn(grid)
    cells.push(await grid.getByRole('option').count())
    if (place % (PLACES / 3) === 0) memory.push(await memoryOf(app, page))
  }
  await grid.evaluate(jumpTo, 0)
  const facet = page.getByRole('complementary', { name: 'Filter' }).getByRole('checkbox').first()
  const said = page.getByRole('status').filter({ hasText: /films$/ })
  const all = await said.innerText()
  const filtered = await timed(async () => {
    await facet.check()
    await page.waitForFunction((old) => ![...document.querySelectorAll('[role=status]')].some((one) => one.innerText === old), all) // prettier-ignore
    await drawn(grid)
  })
  process.stderr.write(`${JSON.stringify({ opened, filtered, memory })}\n`)
  const checked = await checkFigures(app, page)
  return [
    ['open the page, films drawn', `${opened.toFixed(0)} ms`],
    ['a filter, films drawn', `${filtered.toFixed(0)} ms`],
    [`a frame while scrolling (software rendering), median and p95 of ${FRAMES}`, `${frames.median.toFixed(1)}, ${frames.p95.toFixed(1)} ms`], // prettier-ignore
    [`cells at most, at ${PLACES} places`, `${Math.max(...cells)}`],
    [`memory of the page before, after a third, two thirds and all of ${PLACES} places`, `${memory.map(({ page: mb }) => mb).join(', ')} MB`], // prettier-ignore
    ['of that, what its scripts hold', `${memory.map(({ heap }) => heap).join(', ')} MB`],
    ['memory of the main process likewise', `${memory.map(({ main }) => main).join(', ')} MB`],
    ...checked,
  ]
}

async function timed(work) {
  const started = performance.now()
  await work()
  return performance.now() - started
}

/** Until every film in view has its picture. */
const drawn = (grid) =>
  grid.evaluate(async (scroller) => {
    const isDrawn = () => {
      const images = [...scroller.querySelectorAll('[role=option]')].map((cell) => cell.querySelector('img')) // prettier-ignore
      return images.length > 0 && images.every((image) => image?.complete && image.naturalWidth > 0)
    }
    while (!isDrawn()) await new Promise((resolve) => requestAnimationFrame(resolve))
  })

const jumpTo = (scroller, share) => {
  scroller.scrollTop = share * (scroller.scrollHeight - scroller.clientHeight)
}

/** A third of a row in each frame, as a hand on a wheel does. */
async function scrollEvenly(scroller, count) {
  const step = scroller.querySelector('[role=option]').offsetHeight / 3
  const times = []
  let last = await new Promise((resolve) => requestAnimationFrame(resolve))
  for (let frame = 0; frame < count; frame++) {
    scroller.scrollTop += step
    const now = await new Promise((resolve) => requestAnimationFrame(resolve))
    times.push(now - last)
    last = now
  }
  times.sort((a, b) => a - b)
  return { median: times[Math.floor(count / 2)], p95: times[Math.floor(count * 0.95)] }
}
