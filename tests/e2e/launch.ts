/** Starts the built program with a library of its own, and speaks to it as its page would. */
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { _electron, type ElectronApplication, type Page } from '@playwright/test'
import electronProgram from 'electron'
import type { appContract } from '../../src/shared/contracts/app.ts'
import type { Client } from '../../src/shared/rpc/contract.ts'

/** The folder with package.json and the build; set PNEUMOSCOPE_APP to test another build. */
const appFolder = process.env['PNEUMOSCOPE_APP'] ?? join(__dirname, '../..')

/** The script that the program's window is prepared with. */
export const preloadScript = join(appFolder, dirname(mainScript()), '../preload/index.js')

function mainScript(): string {
  const text = readFileSync(join(appFolder, 'package.json'), 'utf8')
  return (JSON.parse(text) as { readonly main: string }).main
}

/** Chromium's sandbox refuses to run as root. */
const sandbox = process.platform === 'linux' && process.getuid() === 0 ? ['--no-sandbox'] : []

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
  /** A program that starts what it is given, as a tracer does; by itself when left out. */
  readonly through?: string
}

const temporaryFolders: string[] = []
process.once('exit', () => {
  for (const folder of temporaryFolders) rmSync(folder, { recursive: true, force: true })
})

/** A folder that is removed with the end of the test run. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'pneumoscope-e2e-'))
  temporaryFolders.push(folder)
  return folder
}

export const executablePath = electronProgram as unknown as string

const programArguments = (library: string) => [...sandbox, appFolder, '--library', library]

/**
 * Starts the program on a library that another one has open, without Playwright in between, which
 * speaks to windows that this start never opens. Answers its exit status; rejects when it stays.
 */
export async function startAgain({ library }: { readonly library: string }): Promise<number> {
  const started = promisify(execFile)(executablePath, programArguments(library), {
    env: definedEnv(),
    timeout: 30_000,
  })
  await started
  // A program that is asked to end by the limit ends well, and would look as if it had never stayed.
  if (started.child.killed) throw new Error('The second start stayed until it was ended.')
  return started.child.exitCode ?? -1
}

/** Launches the program and waits for its first page. */
export async function launch({
  library = temporaryFolder(),
  env = {},
  args = [],
  through = executablePath,
}: LaunchOptions = {}): Promise<Launched> {
  const app = await _electron.launch({
    executablePath: through,
    args: [...programArguments(library), ...args],
    env: { ...definedEnv(), ...env },
  })
  const window = await app.firstWindow()
  // The document is there before the program listens: a key pressed in between is nobody's.
  await window.getByRole('navigation', { name: 'Places' }).waitFor({ timeout: 90_000 })
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

type Progress<Name extends keyof AppClient> =
  NonNullable<NonNullable<Parameters<AppClient[Name]>[1]>['onProgress']> extends (
    progress: infer P,
  ) => void
    ? P
    : never

/** Calls main from the page over a port of its own, as the page's code does; rejects with «CODE: words». */
export async function call<Name extends keyof AppClient>(
  window: Page,
  name: Name,
  input?: Input<Name>,
): Promise<Output<Name>> {
  const asked: Asked = { name, input, until: 'result' }
  const answer: unknown = await window.evaluate(callFromPage, asked)
  return answer as Output<Name>
}

/** The first thing that a call tells while it runs; the call is cancelled then. */
export async function firstProgress<Name extends keyof AppClient>(
  window: Page,
  name: Name,
  input?: Input<Name>,
): Promise<Progress<Name>> {
  const asked: Asked = { name, input, until: 'progress' }
  const told: unknown = await window.evaluate(callFromPage, asked)
  return told as Progress<Name>
}

interface Asked {
  readonly name: string
  readonly input: unknown
  readonly until: 'result' | 'progress'
}

/** Runs in the page: takes a port for the test once, beside the one of the page's own client. */
async function callFromPage(asked: Asked): Promise<unknown> {
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
      if (data.id !== id || (data.type === 'progress' && asked.until === 'result')) return
      port.removeEventListener('message', receive)
      if (data.type === 'error') reject(new Error(`${data.code}: ${data.message}`))
      else resolve(data.value)
      if (data.type === 'progress') port.postMessage({ type: 'cancel', id })
    })
    port.start()
    port.postMessage({ type: 'call', id, name: asked.name, input: asked.input })
  })
}

/** Waits until both engines can answer. */
export async function engineReady(window: Page): Promise<void> {
  await eventually(async () => {
    const { engine } = await firstProgress(window, 'watchStatus')
    if (engine.kind === 'stopped') throw new Error(engine.reason)
    return engine.kind === 'ready' ? true : undefined
  }, 60_000)
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

/** Opens one of the places in the rail. */
export const go = (window: Page, place: string) =>
  window.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: place }).click()
