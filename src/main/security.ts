/** What no page may do, for every window there is or will be. */
import { app, type Session, type WebContents, type WebPreferences } from 'electron'
import type { Log } from './log.ts'
import { devServer, isOwnPage, pageUrl } from './ownPage.ts'

/** Before the program is ready: sandbox for all, and no network of Chromium's own accord. */
export function hardenProcess(log: Log): void {
  // Chromium's sandbox refuses to run as root, so there it stays with what the command line says.
  const isRoot = process.platform !== 'win32' && process.getuid() === 0
  if (!isRoot || !app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
  const quiet = ['background-networking', 'component-update', 'domain-reliability', 'breakpad']
  for (const name of quiet) app.commandLine.appendSwitch(`disable-${name}`)
  app.commandLine.appendSwitch('no-proxy-server')
  app.commandLine.appendSwitch('no-pings')
  if (devServer === undefined) {
    // No name is ever looked up; a request that slipped through would go nowhere.
    app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND')
  }
  app.on('web-contents-created', (_event, contents) => confine(contents, log))
}

/** Once ready: no permission, no device, no download but the page's own exports, no request to anyone. */
export function hardenSession(session: Session, log: Log): void {
  const isAllowed = (permission: string, address: string) =>
    permission === 'clipboard-sanitized-write' && isOwnPage(address)
  session.setPermissionRequestHandler((contents, permission, decide) => {
    const allowed = isAllowed(permission, contents.getURL())
    if (!allowed) log.line('main', `refused permission ${permission}`)
    decide(allowed)
  })
  session.setPermissionCheckHandler((contents, permission) =>
    isAllowed(permission, contents?.getURL() ?? ''),
  )
  session.setDevicePermissionHandler(() => false)
  session.setDisplayMediaRequestHandler((_request, decide) => decide({}))
  session.setBluetoothPairingHandler((_details, decide) => decide({ confirmed: false }))
  session.setSpellCheckerEnabled(false)
  session.on('will-download', (event, item) => {
    if (!item.getURL().startsWith('blob:')) event.preventDefault()
  })
  const outside = ['http', 'https', 'ws', 'wss', 'ftp', 'file'].map((scheme) => `${scheme}://*/*`)
  session.webRequest.onBeforeRequest({ urls: outside }, ({ url }, decide) => {
    const cancel = !isDevServer(url)
    if (cancel) log.line('main', `refused a request to ${new URL(url).protocol}`)
    decide({ cancel })
  })
}

const isDevServer = (address: string): boolean =>
  devServer !== undefined && new URL(address).host === new URL(devServer).host

function confine(contents: WebContents, log: Log): void {
  requireIsolation(contents)
  const stay = (event: { preventDefault(): void }, where: string) => {
    // A page that loads itself again goes nowhere else.
    if (where === pageUrl) return
    event.preventDefault()
    log.line('main', 'refused a navigation')
  }
  contents.on('will-navigate', stay)
  contents.on('will-redirect', stay)
  contents.on('will-frame-navigate', (event) => stay(event, event.isMainFrame ? event.url : ''))
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.on('select-bluetooth-device', (event, _devices, choose) => {
    event.preventDefault()
    choose('')
  })
  contents.setWindowOpenHandler(() => {
    log.line('main', 'refused a new window')
    return { action: 'deny' }
  })
}

/** Ends the program rather than show a page that could reach further than it should. */
function requireIsolation(contents: WebContents): void {
  if (contents.getType() === 'remote') return
  const preferences = preferencesOf(contents)
  if (!preferences) return
  const { contextIsolation, sandbox, nodeIntegration, webSecurity, webviewTag } = preferences
  if (
    contextIsolation === false ||
    sandbox === false ||
    nodeIntegration === true ||
    webSecurity === false ||
    webviewTag === true
  ) {
    app.exit(70)
    throw new Error('A window without isolation was about to open')
  }
}

/** Electron has it in every version and documents it in some. */
function preferencesOf(contents: WebContents): WebPreferences | null {
  if (!('getLastWebPreferences' in contents)) return null
  const inspected = contents as WebContents & { getLastWebPreferences(): WebPreferences | null }
  return inspected.getLastWebPreferences()
}
