/** From key to pixels for large films in the real window, and frames of a drag; prints rows of a table. */
import { loadavg } from 'node:os'
import { test, type Page } from '@playwright/test'
import { writeDicomFilm } from '../../tests/e2e/dicomFilm.ts'
import { dragFiles } from '../../tests/e2e/dropFiles.ts'
import { call, engineReady, eventually, launch, temporaryFolder } from '../../tests/e2e/launch.ts'
import { dragFrames, startWatch, timeToSee, type Sight } from './stopwatch.ts'
import { frames, spread } from './table.ts'

const films = Number(process.env['PNEUMOSCOPE_VIEWER_FILMS'])
const size = { rows: 2048, columns: 2500 }
/** Films that are opened one by one and timed; the others come with one drop. */
const opened = Math.min(films, 12)
/** A reader looks at a film for longer; meanwhile its neighbours come, and scores. */
const restMs = 1500

function writeFilms(): string[] {
  const folder = temporaryFolder()
  return Array.from({ length: films }, (_, at) =>
    writeDicomFilm(folder, `film${String(at).padStart(3, '0')}.dcm`, {
      ...{ ...size, haze: at / 1000, patientId: `ID${at}` },
    }),
  )
}

const rest = (window: Page) => window.waitForTimeout(restMs)

/** Down and up the list in steps of one and of ten: near where a neighbour was fetched ahead, else far. */
async function walk(window: Page): Promise<{ near: Sight[]; far: Sight[] }> {
  const sights: { near: Sight[]; far: Sight[] } = { near: [], far: [] }
  const known = new Set([0, 1])
  let [at, down] = [0, true]
  for (let step = 0; step < 24 && sights.far.length < 12; step++) {
    if (down ? at + 10 >= films : at < 10) down = !down
    const leap = at + (down ? 10 : -10)
    const isFar = leap >= 0 && leap < films && !known.has(leap)
    const next = isFar ? leap : Math.min(at + 1, films - 1)
    if (next === at) break
    const key = !isFar ? 'ArrowDown' : down ? 'Shift+ArrowDown' : 'Shift+ArrowUp'
    const kind = isFar ? 'far' : known.has(next) ? 'near' : undefined
    const sight = await timeToSee(window, () => window.keyboard.press(key))
    if (kind) sights[kind].push(sight)
    at = next
    for (const seen of [at - 1, at, at + 1]) known.add(seen)
    await rest(window)
  }
  return sights
}

for (const [drawing, name] of [
  ['processor', '2D canvas'],
  ['graphics-card', 'WebGL2'],
] as const) {
  test(`Pneumoscope, ${name}`, async () => {
    const paths = writeFilms()
    const launched = await launch()
    const { window } = launched
    await engineReady(window)
    await call(window, 'writeSetting', { key: 'review.drawing', value: drawing })
    await window.keyboard.press('Control+1')
    await window.reload()
    await window.getByRole('navigation', { name: 'Places' }).waitFor()
    await startWatch(window)
    const justOpened: Sight[] = []
    for (const path of paths.slice(0, opened)) {
      const drop = () => dragFiles(window, [path], { drop: true })
      justOpened.push(await timeToSee(window, drop))
      await rest(window)
    }
    if (films > opened) await dragFiles(window, paths.slice(opened), { drop: true })
    await eventually(async () =>
      (await call(window, 'worklist')).length === films ? true : undefined,
    )
    await rest(window)
    await window.keyboard.press('Home')
    await rest(window)
    // Nothing is kept in the window from here on but what is fetched anew.
    await window.reload()
    await window.locator('section[data-ms-to-film]').waitFor()
    await startWatch(window)
    await rest(window)
    const { near, far } = await walk(window)
    const drag = await dragFrames(window, 'canvas.film')
    await launched.close()
    // The very first waits for code that runs for the first time.
    const [first, ...others] = justOpened
    const row = (kind: string, sights: readonly Sight[]) =>
      `| ${name} | ${kind} | ${spread(sights.map((sight) => sight.fromKey))} | ${spread(sights.map((sight) => sight.fromAsking))} |`
    console.log(
      [
        '',
        '| renderer | film | key or drop to pixels, ms | asking to pixels, ms |',
        '| --- | --- | --- | --- |',
        row('the first of a session', first ? [first] : []),
        row('just opened', others),
        row('next in the list', near),
        row('far in the list', far),
        `Frames of a drag, ms: ${frames(drag)}; load ${loadavg()[0]!.toFixed(1)}`,
      ].join('\n'),
    )
  })
}
