/** Films made on the spot, so that tests need no data of anyone. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import type { Page } from '@playwright/test'
import { crc32 } from '../../src/engine/images/crc32.ts'

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

/**
 * Writes a PNG film of 16 bits whose values go from 0 to 4,095 as on a 12-bit detector: a slope across, waves and noise
 * over it, so that no two neighbours are alike.
 */
export function writeDeepFilm(
  folder: string,
  fileName: string,
  { width, height }: { readonly width: number; readonly height: number },
): string {
  const rows = Buffer.alloc(height * (1 + 2 * width))
  let noise = 1
  for (let y = 0, at = 0; y < height; y++) {
    // Each row begins with its filter: none.
    at += 1
    for (let x = 0; x < width; x++, at += 2) {
      noise = (noise * 1_103_515_245 + 12_345) % 2_147_483_648
      const wave = 400 * Math.sin(x / 40) * Math.cos(y / 50)
      const value = (x / width) * 3000 + 500 + wave + (noise % 180)
      rows.writeUInt16BE(Math.min(Math.max(Math.round(value), 0), 4095), at)
    }
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([16, 0, 0, 0, 0], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  const path = join(folder, fileName)
  writeFileSync(
    path,
    Buffer.concat([
      signature,
      pngChunk('IHDR', header),
      pngChunk('IDAT', deflateSync(rows, { level: 1 })),
      pngChunk('IEND', Buffer.alloc(0)),
    ]),
  )
  return path
}

function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  check.writeUInt32BE(crc32(body, 0, body.length))
  return Buffer.concat([length, body, check])
}
