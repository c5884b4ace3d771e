/**
 * The main job with every system call of every process looked at: nothing is connected to, no datagram is sent, no name is
 * looked up. What listens is Playwright's own way in, on the loopback address, which no program has that a person starts.
 */
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { writeFilm } from './films.ts'
import { answerOpenDialogs, answerSaveDialogs, call, engineReady, eventually, executablePath, go, launch, temporaryFolder } from './launch.ts' // prettier-ignore
import { trainModel } from './trainModel.ts'

const strace = '/usr/bin/strace'
const watched = 'trace=socket,bind,listen,connect,sendto,sendmsg,sendmmsg'

/** A script that starts the program as if by itself, each of its processes traced into a file of its own. */
function tracer(folder: string): string {
  const script = join(folder, 'traced')
  const words = ['-ff', '-qq', '--seccomp-bpf', '-e', watched, '-o', join(folder, 'trace')]
  const line = ['exec', strace, ...words, executablePath].map((word) => `'${word}'`).join(' ')
  writeFileSync(script, `#!/bin/sh\n${line.replace("'exec'", 'exec')} "$@"\n`, { mode: 0o755 })
  return script
}

/** The calls of that name that concern the internet's families, or any other than the machine's own. */
function outward(folder: string, name: string): string[] {
  const lines = readdirSync(folder)
    .filter((file) => file.startsWith('trace'))
    .flatMap((file) => readFileSync(join(folder, file), 'utf8').split('\n'))
  return lines.filter(
    (line) => line.startsWith(`${name}(`) && /\bAF_(?!UNIX|LOCAL|UNSPEC|NETLINK)\w+/.test(line),
  )
}

function mayTrace(folder: string): boolean {
  const options = ['-qq', '-f', '--seccomp-bpf', '-e', watched, '-o', join(folder, 'probe')]
  const probe = "require('net').connect(9, '127.0.0.1').on('error', () => 0)"
  try {
    execFileSync(strace, [...options, process.execPath, '-e', probe])
    return readFileSync(join(folder, 'probe'), 'utf8').includes('connect(')
  } catch {
    return false
  }
}

/** The newest job has come to its good end. */
const done = (window: Page) =>
  eventually(async () => {
    const [job] = await call(window, 'listJobs', { limit: 1 })
    if (job?.state.kind === 'failed') throw new Error(job.state.reason)
    return job?.state.kind === 'done' ? true : undefined
  }, 120_000)

test('films are opened, imported, trained on, screened and exported, and no socket leads out of the machine', async () => {
  const traces = temporaryFolder()
  test.skip(!existsSync(strace) || !mayTrace(traces), 'strace is not here, or may not trace.')
  test.setTimeout(600_000)
  const launched = await launch({ through: tracer(traces) })
  const { app, window } = launched
  await engineReady(window)
  const folder = join(temporaryFolder(), 'ward')
  for (const name of ['NORMAL', 'PNEUMONIA']) {
    mkdirSync(join(folder, name), { recursive: true })
    for (let n = 0; n < 8; n++) {
      const haze = name === 'NORMAL' ? n / 40 : 0.8 + n / 40
      await writeFilm(window, join(folder, name), `person${n}_${name}.jpeg`, { haze })
    }
  }

  await test.step('a film is opened and scored by the model that ships', async () => {
    await answerOpenDialogs(app, [join(folder, 'NORMAL', 'person0_NORMAL.jpeg')])
    await window.keyboard.press('Control+o')
    await expect(window.getByTestId('score')).toHaveText(/^[\d.]+ %$/, { timeout: 120_000 })
  })
  await test.step('a folder is imported and a network trained on it', async () => {
    await go(window, 'Datasets')
    await answerOpenDialogs(app, [folder])
    await window.getByRole('button', { name: 'Import a folder' }).first().click()
    await window.getByRole('button', { name: 'Import 16 films' }).click({ timeout: 60_000 })
    await expect(window.getByText(/^16 films · \d+ patients/)).toBeVisible({ timeout: 120_000 })
    const [dataset] = await call(window, 'listDatasets')
    await trainModel(window, dataset!.id, { recipe: 'small', epochs: 1 })
  })
  await test.step('films are screened, and scores, model and report exported', async () => {
    await answerOpenDialogs(app, [folder])
    const source = await call(window, 'chooseSource', { kind: 'folder' })
    await call(window, 'openFilms', { source: source!.token })
    await call(window, 'startScreening')
    await done(window)
    const out = temporaryFolder()
    await answerSaveDialogs(app, join(out, 'scores.csv'))
    expect(await call(window, 'exportWorklist')).toBe(true)
    await answerOpenDialogs(app, [out])
    const [model] = await call(window, 'listModels')
    await answerSaveDialogs(app, join(out, 'model.zip'))
    expect(await call(window, 'exportModel', { modelId: model!.id, format: 'package' })).toBe(true)
    await answerSaveDialogs(app, join(out, 'film.pdf'))
    const [film] = await call(window, 'worklist')
    expect(await call(window, 'exportFilmReport', { imageId: film!.image.id, format: 'pdf', method: 'grad-cam' })).toBe(true) // prettier-ignore
    expect(readdirSync(out)).toContain('film.pdf')
  })
  await test.step('every place and the help are looked at', async () => {
    for (const place of ['Experiments', 'Models', 'Activity', 'About', 'Review']) await go(window, place) // prettier-ignore
    await window.keyboard.press('F1')
    await expect(window.getByRole('article').locator('h2').first()).toBeVisible()
  })
  // What the page asks for is asked of nobody.
  const asked = await window.evaluate(() =>
    fetch('https://example.org/').then(
      () => 'answered',
      () => 'refused',
    ),
  )
  expect(asked).toBe('refused')
  await launched.close()

  expect(readdirSync(traces).filter((file) => file.startsWith('trace')).length).toBeGreaterThan(10)
  for (const name of ['connect', 'sendto', 'sendmsg', 'sendmmsg']) {
    expect(outward(traces, name), name).toEqual([])
  }
  // Node's inspector and Chromium's debugging port, by which Playwright drives the program.
  const bound = outward(traces, 'bind')
  expect(bound.filter((line) => !line.includes('inet_addr("127.0.0.1")'))).toEqual([])
  expect(bound.length).toBeLessThanOrEqual(2)
  const [streams, datagrams] = ['SOCK_STREAM', 'SOCK_DGRAM'].map((kind) =>
    outward(traces, 'socket').filter((line) => line.includes(kind)),
  )
  console.log(`${streams!.length} stream sockets, ${bound.length} bound; ${datagrams!.length} datagram sockets, none used`) // prettier-ignore
  expect(streams).toHaveLength(bound.length)
  // By such a socket Chromium asks the kernel about the interfaces (ioctl); nothing was sent by one, as told above.
  expect(outward(traces, 'socket')).toHaveLength(streams!.length + datagrams!.length)
})
