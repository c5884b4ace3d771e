/** Pictures of every place for the documentation, at the smallest window and at a usual large one. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { ElectronApplication, Page } from '@playwright/test'

const folder = join(__dirname, '../../docs/screenshots')

const sizes = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
] as const

/** Saves docs/screenshots/<name>-<width>.png at both sizes; the window keeps the smaller one. */
export async function takeScreenshots(
  app: ElectronApplication,
  window: Page,
  name: string,
): Promise<void> {
  mkdirSync(folder, { recursive: true })
  for (const size of [...sizes].reverse()) {
    await resizeWindow(app, window, size)
    // Nothing lies under the pointer there, so nothing looks hovered.
    await window.mouse.move(size.width - 2, size.height - 2)
    await window.screenshot({ path: join(folder, `${name}-${size.width}.png`) })
  }
}

/** Gives the page exactly this size, CSS pixels, and waits until it has drawn itself. */
async function resizeWindow(
  app: ElectronApplication,
  window: Page,
  { width, height }: { readonly width: number; readonly height: number },
): Promise<void> {
  await app.evaluate(
    ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]!.setContentSize(...size),
    [width, height] as [number, number],
  )
  await window.waitForFunction((size) => innerWidth === size.width && innerHeight === size.height, {
    width,
    height,
  })
  await window.evaluate(
    () => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn, 200))),
  )
}
