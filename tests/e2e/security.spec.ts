/** What the design calls E1–E5 and E8, proved on the built program (docs/architecture.md says what each is). */
import { mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import {
  answerOpenDialogs,
  call,
  engineReady,
  eventually,
  firstProgress,
  launch,
  preloadScript,
  startAgain,
  temporaryFolder,
  type Launched,
} from './launch.ts'

let launched: Launched
let window: Page
const violations: string[] = []

test.beforeAll(async () => {
  launched = await launch()
  window = launched.window
  window.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) violations.push(message.text())
  })
})
test.afterAll(() => launched.close())

async function stillThere({ app, window: page } = launched) {
  expect(page.url()).toMatch(/^app:\/\/pneumoscope\//)
  expect((await call(page, 'about')).version).toMatch(/^\d/)
  expect(app.windows()).toHaveLength(1)
}

test('E1: every window is isolated and sandboxed, and its page knows no Node', async () => {
  const all = await launched.app.evaluate(({ webContents }) =>
    webContents.getAllWebContents().map((contents) => {
      const inspected = contents as unknown as { getLastWebPreferences(): Record<string, unknown> }
      return inspected.getLastWebPreferences()
    }),
  )
  expect(all.length).toBeGreaterThan(0)
  for (const preferences of all) {
    expect(preferences).toMatchObject({ contextIsolation: true, sandbox: true, webSecurity: true })
    expect(preferences['nodeIntegration'] ?? false).toBe(false)
    expect(preferences['webviewTag'] ?? false).toBe(false)
  }
  const seen = await window.evaluate(() => ({
    types: ['require', 'process', 'module', 'Buffer', 'ipcRenderer', 'electron', 'global'].map(
      (name) => typeof (globalThis as Record<string, unknown>)[name],
    ),
    bridge: Object.keys((globalThis as Record<string, unknown>)['pneumoscope'] as object).sort(),
  }))
  expect(new Set(seen.types)).toEqual(new Set(['undefined']))
  expect(seen.bridge).toEqual(['connect', 'sourceOfDrop'])
})

for (const weak of [
  { contextIsolation: false },
  { nodeIntegration: true },
  { webSecurity: false },
  { webviewTag: true },
]) {
  const [[setting, value]] = Object.entries(weak) as [[string, boolean]]
  test(`E1: a window without isolation (${setting}: ${value}) ends the program`, async () => {
    const own = await launch()
    const child = own.app.process()
    await own.app
      .evaluate(
        ({ BrowserWindow }, webPreferences) =>
          new BrowserWindow({ show: false, webPreferences }).id,
        weak,
      )
      .catch(() => undefined)
    // By its exit or, where Chromium is still at making the window, by a signal.
    await expect.poll(() => child.exitCode ?? child.signalCode, { timeout: 60_000 }).toBeTruthy()
    await own.close().catch(() => undefined)
  })
}

test('E2: the page is sent with a policy that allows its own files alone', async () => {
  const policy = await window.evaluate(async () =>
    (await fetch(location.href)).headers.get('content-security-policy'),
  )
  expect(policy?.split('; ')).toEqual([
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self' blob: image:",
    "connect-src 'self' image:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ])
})

test('E2: no page of the program breaks its own policy', async () => {
  for (const place of ['Datasets', 'Experiments', 'Models', 'Activity', 'Review']) {
    await window.getByRole('navigation').getByText(place, { exact: true }).click()
    await window.waitForTimeout(200)
  }
  expect(violations).toEqual([])
})

test('E2: inline scripts, eval and requests to others are stopped', async () => {
  const outcome = await window.evaluate(async () => {
    const marks = globalThis as Record<string, unknown>
    const script = document.createElement('script')
    script.textContent = 'globalThis.inlineRan = true'
    document.body.append(script)
    const image = document.createElement('div')
    image.innerHTML = '<img src="x" onerror="globalThis.handlerRan = true">'
    document.body.append(image)
    const data = document.createElement('script')
    data.src = 'data:text/javascript,globalThis.dataRan = true'
    document.body.append(data)
    const attempt = async (act: () => unknown) => {
      try {
        await act()
        return 'allowed'
      } catch (cause) {
        return cause instanceof Error ? cause.name : 'refused'
      }
    }
    // The debugger that runs this function lifts the ban on eval until the function first waits.
    await new Promise((resolve) => setTimeout(resolve, 50))
    const outcomes = {
      eval: await attempt(() =>
        (globalThis as unknown as { eval(code: string): unknown }).eval('1'),
      ),
      construct: await attempt(() => Reflect.construct(Function, ['return 1'])),
      https: await attempt(() => fetch('https://example.org/')),
      http: await attempt(() => fetch('http://127.0.0.1:9/')),
      file: await attempt(() => fetch('file:///etc/hostname')),
    }
    await new Promise((resolve) => setTimeout(resolve, 500))
    script.remove()
    image.remove()
    data.remove()
    return { ...outcomes, ran: [marks['inlineRan'], marks['handlerRan'], marks['dataRan']] }
  })
  expect(outcome.eval).toBe('EvalError')
  expect(outcome.construct).toBe('EvalError')
  expect([outcome.https, outcome.http, outcome.file]).toEqual(Array(3).fill('TypeError'))
  expect(outcome.ran).toEqual([undefined, undefined, undefined])
  await stillThere()
})

test('E3: there is no way out of the page', async () => {
  // A window of its own: Playwright waits for ever for a navigation that was refused.
  const own = await launch()
  const waysOut: ((to: string) => void)[] = [
    (to) => location.assign(to),
    (to) => location.replace(to),
    (to) => {
      const link = document.createElement('a')
      link.href = to
      document.body.append(link)
      link.click()
      link.remove()
    },
    (to) => {
      const link = document.createElement('a')
      link.href = to
      link.target = '_blank'
      document.body.append(link)
      link.click()
      link.remove()
    },
    (to) => {
      const form = document.createElement('form')
      form.action = to
      document.body.append(form)
      form.submit()
      form.remove()
    },
    (to) => {
      const frame = document.createElement('iframe')
      frame.src = to
      document.body.append(frame)
      setTimeout(() => frame.remove(), 200)
    },
    (to) => {
      const view = document.createElement('webview')
      view.setAttribute('src', to)
      document.body.append(view)
      setTimeout(() => view.remove(), 200)
    },
    (to) => {
      const refresh = document.createElement('meta')
      refresh.httpEquiv = 'refresh'
      refresh.content = `0; url=${to}`
      document.head.append(refresh)
      setTimeout(() => refresh.remove(), 200)
    },
    (to) => void (location.href = to),
    (to) => void globalThis.open(to, '_self'),
    (to) => void globalThis.open(to, '_top'),
    (to) => {
      const object = document.createElement('object')
      object.data = to
      document.body.append(object)
      setTimeout(() => object.remove(), 200)
    },
    (to) => {
      const embed = document.createElement('embed')
      embed.src = to
      document.body.append(embed)
      setTimeout(() => embed.remove(), 200)
    },
    (to) => {
      const base = document.createElement('base')
      base.href = to
      document.head.append(base)
      const link = document.createElement('a')
      link.href = 'next.html'
      document.body.append(link)
      link.click()
      link.remove()
      base.remove()
    },
    (to) => {
      const frame = document.createElement('iframe')
      frame.srcdoc = `<meta http-equiv="refresh" content="0; url=${to}"><a id="out" target="_top" href="${to}">out</a>`
      document.body.append(frame)
      setTimeout(() => frame.remove(), 200)
    },
    (to) => {
      const transfer = new DataTransfer()
      transfer.setData('text/uri-list', to)
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true }))
    },
  ]
  expect(waysOut.length).toBeGreaterThanOrEqual(12)
  const places = ['https://example.org/', 'file:///etc/hostname', 'app://elsewhere/index.html']
  for (const wayOut of waysOut) {
    for (const place of places) {
      await own.window.evaluate(wayOut, place).catch(() => undefined)
      await own.window.waitForTimeout(50)
    }
  }
  const opened = await own.window.evaluate(() => [
    globalThis.open('https://example.org/'),
    globalThis.open('about:blank'),
    globalThis.open(location.href),
  ])
  expect(opened).toEqual([null, null, null])
  await own.window.waitForTimeout(300)
  await stillThere(own)
  await own.close()
})

test('E3: nothing is downloaded but what the page made itself', async () => {
  await launched.app.evaluate(({ session }) => {
    const seen: [string, string][] = []
    Object.assign(globalThis, { seenDownloads: seen })
    session.defaultSession.on('will-download', (event, item) => {
      seen.push([item.getURL().split(':')[0]!, String(event.defaultPrevented)])
      event.preventDefault()
    })
  })
  await window.evaluate(() => {
    const save = (href: string) => {
      const link = document.createElement('a')
      link.href = href
      link.download = 'saved'
      document.body.append(link)
      link.click()
      link.remove()
    }
    save(location.href)
    save(URL.createObjectURL(new Blob(['own'])))
  })
  const seen = () =>
    launched.app.evaluate(
      () => (globalThis as unknown as { seenDownloads: [string, string][] }).seenDownloads,
    )
  await expect.poll(async () => (await seen()).map(([scheme]) => scheme).sort()).toEqual(['app', 'blob']) // prettier-ignore
  const prevented = Object.fromEntries(await seen())
  expect(prevented['app']).toBe('true')
  expect(prevented['blob']).not.toBe('true')
})

test('E7: a request is stopped before it is sent, and no name is looked up where none stops it', async () => {
  const asked = await launched.app.evaluate(async ({ net, session }) => {
    const ask = (url: string, partition?: string) =>
      new Promise<string>((resolve) => {
        const from = partition === undefined ? session.defaultSession : session.fromPartition(partition) // prettier-ignore
        const request = net.request({ url, session: from })
        request.on('response', () => resolve('answered'))
        request.on('error', ({ message }) => resolve(message))
        request.end()
      })
    return Promise.all([
      ask('http://127.0.0.1:8099/'),
      ask('https://example.org/'),
      ask('http://localhost:8099/', 'other'),
      ask('https://example.org/', 'other'),
    ])
  })
  expect(asked.slice(0, 2)).toEqual(Array(2).fill('net::ERR_BLOCKED_BY_CLIENT'))
  expect(asked.slice(2)).toEqual(Array(2).fill('net::ERR_NAME_NOT_RESOLVED'))
})

test('E4: every permission is denied, asked for or looked up', async () => {
  const answers = await window.evaluate(async () => {
    const refused = async (ask: () => Promise<unknown>) => {
      try {
        await ask()
        return 'granted'
      } catch {
        return 'refused'
      }
    }
    const query = async (name: string) =>
      (await navigator.permissions.query({ name: name as PermissionName })).state
    return {
      queried: await Promise.all(['geolocation', 'notifications', 'camera', 'midi'].map(query)),
      notification: await Notification.requestPermission(),
      asked: await Promise.all([
        refused(() => navigator.mediaDevices.getUserMedia({ audio: true, video: true })),
        refused(() => navigator.mediaDevices.getDisplayMedia({ video: true })),
        refused(
          () =>
            new Promise((resolve, reject) =>
              navigator.geolocation.getCurrentPosition(resolve, reject),
            ),
        ),
        refused(() => navigator.clipboard.readText()),
      ]),
    }
  })
  expect(answers.queried).toEqual(Array(4).fill('denied'))
  expect(answers.notification).toBe('denied')
  expect(answers.asked).toEqual(Array(4).fill('refused'))
})

test('E5: main listens on two channels, and answers its own page alone', async () => {
  const channels = await launched.app.evaluate(({ ipcMain }) => {
    const inspected = ipcMain as unknown as { _invokeHandlers: Map<string, unknown> }
    return [...ipcMain.eventNames().map(String), ...inspected._invokeHandlers.keys()]
  })
  // Electron itself listens to 'error', and does nothing.
  expect(channels.filter((name) => name !== 'error')).toEqual(['rpc:connect', 'source:dropped'])

  const stranger = await launched.app.evaluate(async ({ BrowserWindow }, preload) => {
    const other = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } })
    try {
      await other.loadURL('data:text/html,<title>stranger</title>')
      const answer: unknown = await other.webContents.executeJavaScript(`
        Promise.race([
          pneumoscope.sourceOfDrop([]).then(() => 'token', (cause) => cause.message),
          new Promise((resolve) => setTimeout(resolve, 3000, 'silence')),
        ])`)
      const port: unknown = await other.webContents.executeJavaScript(`
        new Promise((resolve) => {
          addEventListener('message', ({ ports }) => resolve(ports.length))
          pneumoscope.connect()
          setTimeout(resolve, 1000, 'no port')
        })`)
      return { answer, port }
    } finally {
      other.destroy()
    }
  }, preloadScript)
  expect(stranger.answer).toContain('This page may not ask that')
  expect(stranger.port).toBe('no port')
  await stillThere()
})

test('E5: oversized, malformed and unknown calls are refused, and the program lives on', async () => {
  const large = { key: 'k', value: 'x'.repeat(2 * 1024 * 1024) }
  await expect(call(window, 'writeSetting', large)).rejects.toThrow('TOO_LARGE')
  await expect(call(window, 'writeSetting', { key: '', value: 'v' })).rejects.toThrow('BAD_INPUT')
  for (const name of ['constructor', '__proto__', 'toString', 'killEngine', '']) {
    await expect(call(window, name as 'about')).rejects.toThrow('NOT_FOUND')
  }
  await window.evaluate(() => {
    const { testPort } = globalThis as unknown as { testPort: MessagePort }
    const round: unknown[] = []
    round.push(round)
    const junk = [null, 7, 'x', [], {}, { type: 'call' }, { type: 'cancel', id: 'no' }, round]
    for (const message of junk) testPort.postMessage(message)
    testPort.postMessage({ type: 'call', id: 5, name: 'about', input: new Array(2 ** 31) })
    testPort.postMessage(JSON.parse('{"type":"call","id":1,"name":"about","__proto__":{"a":1}}'))
  })
  const dropped = await window.evaluate(async () => {
    const { pneumoscope } = globalThis as unknown as {
      pneumoscope: { sourceOfDrop(files: unknown): Promise<unknown> }
    }
    const attempts = [[], [{ name: 'a' }], [new File(['x'], 'made-up.png')], 'x', null]
    const outcomes = attempts.map((files) =>
      pneumoscope.sourceOfDrop(files).then(
        () => 'token',
        () => 'refused',
      ),
    )
    return Promise.all(outcomes.map((outcome) => outcome.catch(() => 'refused')))
  })
  expect(dropped).not.toContain('token')
  await stillThere()
})

test('E8: image:// and app:// lead nowhere else', async () => {
  const statuses = await window.evaluate(async () => {
    const id = '0'.repeat(26)
    const addresses = [
      `image://image/${id}/thumbnail`,
      `image://image/${id}/pixels`,
      'image://image/..%2f..%2fetc%2fpasswd/thumbnail',
      `image://image/${id}/../../../etc/passwd`,
      'image://image/%2e%2e/%2e%2e/library.sqlite',
      'image://elsewhere/x',
      'app://pneumoscope/..%2f..%2fpackage.json',
      'app://pneumoscope/%2e%2e/%2e%2e/package.json',
      'app://pneumoscope/../main/index.js',
    ]
    return Promise.all(
      addresses.map((address) =>
        fetch(address).then(
          ({ status }) => status,
          () => 0,
        ),
      ),
    )
  })
  for (const status of statuses) expect([0, 400, 403, 404]).toContain(status)
  expect(statuses.slice(0, 2)).toEqual([404, 404])
})

test('E8: a dropped file becomes a token, and no answer holds a path', async () => {
  const folder = join(temporaryFolder(), 'Doe Jane 1950')
  mkdirSync(folder)
  writeFileSync(join(folder, 'notes.png'), 'no picture at all')
  await window.evaluate(() => {
    const input = document.createElement('input')
    input.type = 'file'
    input.id = 'drop-stand-in'
    document.body.append(input)
  })
  await window.locator('#drop-stand-in').setInputFiles(join(folder, 'notes.png'))
  const source = await window.evaluate(async () => {
    const input = document.querySelector<HTMLInputElement>('#drop-stand-in')!
    const { pneumoscope } = globalThis as unknown as {
      pneumoscope: { sourceOfDrop(files: File[]): Promise<{ token: string; label: string }> }
    }
    const answer = await pneumoscope.sourceOfDrop(Array.from(input.files!))
    input.remove()
    return answer
  })
  expect(source.label).toBe('notes.png')
  expect(JSON.stringify(source)).not.toContain('Doe')

  const opened = await call(window, 'openFilms', { source: source.token })
  expect(opened.added).toEqual([])
  expect(opened.refused).toHaveLength(1)
  await answerOpenDialogs(launched.app, [folder])
  const chosen = await call(window, 'chooseSource', { kind: 'folder' })
  const preview = await call(window, 'previewImport', { source: chosen!.token })
  expect(preview.refused).toHaveLength(1)
  await answerOpenDialogs(launched.app, [join(folder, 'gone')])
  const gone = await call(window, 'chooseSource', { kind: 'files' }).catch(String)
  // One that is there when it is chosen, so that what reads it later names it by its path.
  const leaving = join(folder, 'leaving')
  mkdirSync(leaving)
  await answerOpenDialogs(launched.app, [leaving])
  const left = await call(window, 'chooseSource', { kind: 'folder' })
  rmdirSync(leaving)
  const failed = await call(window, 'previewImport', { source: left!.token }).catch(String)
  expect(failed).toContain('leaving')
  await expect(call(window, 'openFilms', { source: 'made-up' })).rejects.toThrow('NOT_FOUND')
  const told = JSON.stringify([opened, preview, gone, failed, await window.content()])
  // The name that the person chose may be shown; where it lies may not.
  expect(told).not.toContain(join(folder, '..'))
  expect(told).not.toContain('/Doe Jane')
  const log = readFileSync(join(launched.library, 'logs', 'pneumoscope.log'), 'utf8')
  expect(log).not.toContain('Doe')
  expect(log).not.toContain('notes.png')
  expect(log).toContain('previewImport: ')
  expect(log).not.toContain('leaving')
})

/** The engine that runs a job of some length; the process and the job. */
async function workUnderWay() {
  await engineReady(window)
  const pid = await eventually(workPid)
  const { jobId } = await call(window, 'startSamples', { count: 5000, seed: 1 })
  await eventually(async () => {
    const [job] = await call(window, 'listJobs', { limit: 1 })
    return job?.state.kind === 'running' && job.state.progress ? job : undefined
  })
  return { pid, jobId }
}

const workPid = () =>
  launched.app.evaluate(
    ({ app }) => app.getAppMetrics().find(({ name }) => name === 'Pneumoscope work')?.pid,
  )

async function isBack(pid: number): Promise<void> {
  await eventually(async () => ((await workPid()) === pid ? undefined : true))
  await eventually(async () => {
    const next = await workPid()
    const { engine } = await firstProgress(window, 'watchStatus')
    return next !== undefined && engine.kind === 'ready' ? next : undefined
  })
}

async function expectFailed(jobId: string, reason: RegExp): Promise<void> {
  const jobs = await call(window, 'listJobs', { limit: 5 })
  expect(jobs.find(({ id }) => id === jobId)?.state).toMatchObject({
    kind: 'failed',
    reason: expect.stringMatching(reason),
  })
  expect(await call(window, 'listDatasets')).toEqual([])
  await stillThere()
}

test('a killed engine comes back, its job says why, and the window lives', async () => {
  const { pid, jobId } = await workUnderWay()
  const killedAt = Date.now()
  process.kill(pid, 'SIGKILL')
  await isBack(pid)
  const backMs = Date.now() - killedAt
  test.info().annotations.push({ type: 'engine back after', description: `${backMs} ms` })
  console.log(`engine back after ${backMs} ms`)
  await expectFailed(jobId, /The engine ended unexpectedly \(signal SIGKILL/)
})

test('an engine that hangs is ended and comes back, its job says so, and the window lives', async () => {
  const { pid, jobId } = await workUnderWay()
  process.kill(pid, 'SIGSTOP')
  await isBack(pid)
  await expectFailed(
    jobId,
    /The engine ended unexpectedly \(it neither answered nor worked any more\)/,
  )
})

test('a second start brings the first window forward instead of opening another', async () => {
  expect(await startAgain({ library: launched.library })).toBe(0)
  await stillThere()
})
