/** Greys as they stand on the screen. */
import { inflateSync } from 'node:zlib'
import type { Locator, Page } from '@playwright/test'

/** In the middle row of an element, at shares of its width from the left: shares of white. */
async function greysOnScreen(
  window: Page,
  element: Locator,
  places: readonly number[],
): Promise<number[]> {
  const { x, y, width, height } = (await element.boundingBox())!
  const clip = { x, y: Math.round(y + height / 2), width, height: 1 }
  const row = firstRow(await window.screenshot({ clip }))
  return places.map((place) => row[Math.round(place * row.length)]! / 255)
}

/** Whether the screen shows the greys within `attempts` tenths of a second, to a grey of 8 bits and its rounding. */
export async function eventuallyShows(
  window: Page,
  element: Locator,
  wanted: ReadonlyMap<number, number>,
  attempts = 20,
): Promise<boolean> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const shown = await greysOnScreen(window, element, [...wanted.keys()])
    if ([...wanted.values()].every((grey, at) => Math.abs(grey - shown[at]!) < 1.5 / 255)) {
      return true
    }
    await window.waitForTimeout(100)
  }
  return false
}

/** The reds of the first row of a PNG as Playwright writes it: 8 bits, RGB or RGBA, not interlaced. */
function firstRow(png: Buffer): number[] {
  const width = png.readUInt32BE(16)
  const channels = png[25] === 6 ? 4 : 3
  const parts: Buffer[] = []
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    const end = at + 8 + png.readUInt32BE(at)
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') parts.push(png.subarray(at + 8, end))
  }
  const [filter, ...bytes] = inflateSync(Buffer.concat(parts)).subarray(0, 1 + width * channels)
  // In a first row, «sub» and «Paeth» add the pixel to the left, «average» half of it, «up» nothing.
  for (let at = channels; at < bytes.length; at++) {
    const left = bytes[at - channels]!
    const added = filter === 1 || filter === 4 ? left : filter === 3 ? left >> 1 : 0
    bytes[at] = (bytes[at]! + added) & 255
  }
  return Array.from({ length: width }, (_, column) => bytes[column * channels]!)
}
