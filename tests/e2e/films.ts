/** Films made on the spot, so that tests need no data of anyone. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'

/**
 * Writes a JPEG film of a bright chest with two dark lungs; `haze` (0–1) clouds one of them.
 * The page draws it: Chromium has a JPEG encoder, and the test needs none.
 */
export async function writeFilm(
  window: Page,
  folder: string,
  fileName: string,
  { haze = 0, width = 320, height = 280 }: { haze?: number; width?: number; height?: number } = {},
): Promise<string> {
  const base64 = await window.evaluate(drawFilm, { haze, width, height })
  const path = join(folder, fileName)
  writeFileSync(path, Buffer.from(base64, 'base64'))
  return path
}

/** Runs in the page. */
async function drawFilm({ haze, width, height }: { haze: number; width: number; height: number }) {
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const context = canvas.getContext('2d')!
  context.fillStyle = 'rgb(40 40 40)'
  context.fillRect(0, 0, width, height)
  const ellipse = (x: number, y: number, rx: number, ry: number, grey: number) => {
    context.beginPath()
    context.ellipse(x * width, y * height, rx * width, ry * height, 0, 0, 2 * Math.PI)
    context.fillStyle = `rgb(${grey} ${grey} ${grey})`
    context.fill()
  }
  ellipse(0.5, 0.55, 0.45, 0.5, 170)
  ellipse(0.3, 0.5, 0.14, 0.34, 60)
  ellipse(0.7, 0.5, 0.14, 0.34, 60 + haze * 90)
  ellipse(0.55, 0.62, 0.12, 0.16, 200)
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', 0.92))
  const bytes = new Uint8Array(await blob!.arrayBuffer())
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
}
