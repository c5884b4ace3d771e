/** Starts the built program with a library of its own, and speaks to it as its page would. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, type ElectronApplication, type Page } from '@playwright/test'
import electronProgram from 'electron'
import type { appContract } from '../../src/shared/contracts/app.ts'
import type { Client } from '../../src/shared/rpc/contract.ts'

/** The folder with package.json and the build; set PNEUMOSCOPE_APP to test another build. */
const appFolder = process.env['PNEUMOSCOPE_APP'] ?? join(__dirname, '../..')

/** Chromium's sandbox refuses to run as root. */
const sandbox = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : []

export interface Launched {
  readonly app: ElectronApplication
  readonly window: Page
  /** The library's folder, empty at the first start. */
  readonly library: string
  /** The program, its engines and its windows end; the library stays until the test ends. */
  close(): Promise<void>
}

export interface LaunchOptions {
  /** A library to open again; a new one when left out. */
  readonly library?: string
  readonly env?: Readonly<Record<string, string>>
  readonly args?: readonly string[]
}

/** A folder that is removed with the end of the test run. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'pneumoscope-e2e-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Launches the program and waits for its first page. */
export async function launch({
  library = temporaryFolder(),
  env = {},
  args = [],
}: LaunchOptions = {}): Promise<Launched> {
  const app = await _electron.launch({
    executablePath: electronProgram as unknown as string,
    args: [...sandbox, appFolder, '--library', library, ...args],
    env: { ...definedEnv(), ...env },
  })
  const window = await app.firstWindow()
  await window.waitForLoadState('domcontentloaded')
  return { app, window, library, close: () => app.close() }
}

function definedEnv(): Record<string, string> {
  const entries = Object.entries(process.env).filter(([name]) => name !== 'ELECTRON_RENDERER_URL')
  return Object.fromEntries(entries) as Record<string, string>
}

/** What «open» dialogs answer from now on; with null, that the person closed them. */
export async function answerOpenDialogs(
  app: ElectronApplication,
  paths: readonly string[] | null,
): Promise<void> {
  await app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () =>
      Promise.resolve({ canceled: chosen === null, filePaths: [...(chosen ?? [])] })
  }, paths)
}

/** What «save» dialogs answer from now on. */
export async function answerSaveDialogs(
  app: ElectronApplication,
  path: string | null,
): Promise<void> {
  await app.evaluate(({ dialog }, chosen) => {
    dialog.showSaveDialog = () =>
      Promise.resolve({ canceled: chosen === null, filePath: chosen ?? '' })
  }, path)
}

type AppClient = Client<typeof appContract>
type Input<Name extends keyof AppClient> = Parameters<AppClient[Name]>[0]
type Output<Name extends keyof AppClient> = Awaited<ReturnType<AppClient[Name]>>

/** Calls main from the page over a port of its own, as the page's code does; rejects with «CODE: words». */
export async function call<Name extends keyof AppClient & string>(
  window: Page,
  name: Name,
  input?: Input<Name>,
): Promise<Output<Name>> {
  const answer: unknown = await window.evaluate(callFromPage, { name, input })
  return answer as Output<Name>
}

/** Runs in the page: takes a port for the test once, beside the one of the page's own client. */
async function callFromPage({ name, input }: { name: string; input: unknown }): Promise<unknown> {
  interface Reply {
    id: number
    type: string
    value: unknown
    code: string
    message: string
  }
  interface TestPage {
    testPort?: MessagePort
    testCalls?: number
    pneumoscope: { connect(): void }
  }
  const page = window as unknown as TestPage
  page.testPort ??= await new Promise<MessagePort>((resolve) => {
    window.addEventListener('message', function receive({ data, ports }) {
      if (data !== 'pneumoscope:port') return
      window.removeEventListener('message', receive)
      resolve(ports[0]!)
    })
    page.pneumoscope.connect()
  })
  const port = page.testPort
  const id = 1_000_000 + (page.testCalls = (page.testCalls ?? 0) + 1)
  return new Promise((resolve, reject) => {
    port.addEventListener('message', function receive({ data }: MessageEvent<Reply>) {
      if (data.id !== id || data.type === 'progress') return
      port.removeEventListener('message', receive)
      if (data.type === 'result') resolve(data.value)
      else reject(new Error(`${data.code}: ${data.message}`))
    })
    port.start()
    port.postMessage({ type: 'call', id, name, input })
  })
}

/** Polls until `look` answers something that is not undefined. */
export async function eventually<T>(
  look: () => Promise<T | undefined>,
  limitMs = 30_000,
): Promise<T> {
  const end = Date.now() + limitMs
  for (;;) {
    const found = await look()
    if (found !== undefined) return found
    if (Date.now() > end) throw new Error(`Not within ${limitMs} ms`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
