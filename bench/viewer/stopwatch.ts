/** Times as the page itself sees them: from an event's own time stamp, which the browser gives it, to what follows. */
import type { Page } from '@playwright/test'
import { eventually } from '../../tests/e2e/launch.ts'

/** A film came on the screen; milliseconds. */
export interface Sight {
  /** From the key, or the drop of its file. */
  readonly fromKey: number
  /** From asking for its pixels. */
  readonly fromAsking: number
}

interface Stopwatch {
  started: number
  sight: Sight | undefined
}
type TimedPage = typeof globalThis & { stopwatch: Stopwatch }

/** Begins to watch the page; anew after a reload. */
export const startWatch = (window: Page): Promise<void> => window.evaluate(watch)

/** Runs in the page: the film's section tells in an attribute when its film was seen, and takes it away when another is asked for. */
function watch() {
  const stopwatch: Stopwatch = { started: 0, sight: undefined }
  ;(globalThis as TimedPage).stopwatch = stopwatch
  for (const type of ['keydown', 'drop']) {
    addEventListener(type, ({ timeStamp }) => (stopwatch.started = timeStamp), true)
  }
  const attribute = 'data-ms-to-film'
  const seen = () => {
    const ms = document.querySelector(`section[${attribute}]`)?.getAttribute(attribute)
    if (ms === null || ms === undefined) return
    const fromKey = performance.now() - stopwatch.started
    stopwatch.sight ??= { fromKey, fromAsking: Number(ms) }
  }
  new MutationObserver(seen).observe(document, { subtree: true, attributeFilter: [attribute] })
}

/** How long the film takes that `ask` asks for with a key or a drop. */
export async function timeToSee(window: Page, ask: () => Promise<void>): Promise<Sight> {
  await window.evaluate(() => ((globalThis as TimedPage).stopwatch.sight = undefined))
  await ask()
  return eventually(() => window.evaluate(() => (globalThis as TimedPage).stopwatch.sight))
}

/** Milliseconds from frame to frame of the screen while the mouse is dragged to and fro over the middle of an element. */
export async function dragFrames(window: Page, selector: string): Promise<number[]> {
  const { x, y, width, height } = (await window.locator(selector).boundingBox())!
  const [middleX, middleY] = [x + width / 2, y + height / 2]
  await window.mouse.move(middleX, middleY)
  await window.mouse.down()
  await window.evaluate(countFrames)
  for (let turn = 0; turn < 4; turn++) {
    const side = turn % 2 === 0 ? 1 : -1
    await window.mouse.move(middleX + side * 0.3 * width, middleY + side * 0.2 * height, {
      steps: 60,
    })
  }
  const frames = await window.evaluate(() => (globalThis as CountingPage).frameTimes)
  await window.mouse.up()
  return frames
}

type CountingPage = typeof globalThis & { frameTimes: number[] }

/** Runs in the page. */
function countFrames() {
  const frames: number[] = []
  ;(globalThis as CountingPage).frameTimes = frames
  let before: number | undefined
  const count = (now: number) => {
    if (before !== undefined) frames.push(now - before)
    before = now
    if ((globalThis as CountingPage).frameTimes === frames) requestAnimationFrame(count)
  }
  requestAnimationFrame(count)
}
