/** The same films in Cornerstone3D, with neither import nor list: from asking to pixels, and frames of a drag. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadavg } from 'node:os'
import { pathToFileURL } from 'node:url'
import { _electron, test } from '@playwright/test'
import { executablePath, temporaryFolder } from '../../tests/e2e/launch.ts'
import { writeDicomFilm } from '../../tests/e2e/dicomFilm.ts'
import { dragFrames } from './stopwatch.ts'
import { frames, spread } from './table.ts'

/** The built page; unset without a peer. */
const folder = process.env['PNEUMOSCOPE_VIEWER_PEER']
const films = 12
const pixelBytes = 2500 * 2048 * 2

interface PeerPage {
  readonly peer: {
    start(onProcessor: boolean): Promise<void>
    show(address: string, pixelsAt: number): Promise<number>
  }
}

for (const [onProcessor, name] of [
  [true, 'on the processor'],
  [false, 'WebGL'],
] as const) {
  test(`Cornerstone3D, ${name}`, async () => {
    test.skip(folder === undefined, 'No folder of a peer was named')
    const filmFolder = temporaryFolder()
    const paths = Array.from({ length: films }, (_, at) =>
      writeDicomFilm(filmFolder, `film${at}.dcm`, { rows: 2048, columns: 2500, haze: at / 1000 }),
    )
    const app = await _electron.launch({
      executablePath,
      args: ['--no-sandbox', join(folder!, 'main.cjs')],
    })
    const window = await app.firstWindow()
    await window.waitForFunction(() => 'peer' in globalThis)
    await window.evaluate((cpu) => (globalThis as unknown as PeerPage).peer.start(cpu), onProcessor)
    const times: number[] = []
    for (const path of paths) {
      const asked = [pathToFileURL(path).href, readFileSync(path).length - pixelBytes] as const
      times.push(
        await window.evaluate(
          ([address, at]) => (globalThis as unknown as PeerPage).peer.show(address, at),
          asked,
        ),
      )
      await window.waitForTimeout(500)
    }
    const drag = await dragFrames(window, '#film')
    await app.close()
    console.log(
      `\n| Cornerstone3D, ${name} | asked for | – | ${spread(times.slice(1))} |\n` +
        `Frames of a drag, ms: ${frames(drag)}; load ${loadavg()[0]!.toFixed(1)}`,
    )
  })
}
