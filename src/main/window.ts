import { join } from 'node:path'
import { BrowserWindow, screen, type Rectangle } from 'electron'
import { z } from 'zod'
import { devServer, pageUrl } from './ownPage.ts'

const smallest = { width: 1280, height: 800 }
const placeKey = 'main.window'

const Place = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int(),
  height: z.int(),
  isMaximised: z.boolean(),
})
type Place = z.infer<typeof Place>

interface Memory {
  read(key: string): string | undefined
  write(key: string, value: string): void
}

/** The window, where it was the last time. Shown when its first picture is ready, so it never flashes. */
export function openWindow(settings: Memory): BrowserWindow {
  const place = rememberedPlace(settings)
  const window = new BrowserWindow({
    ...(place ?? { width: 1440, height: 900 }),
    minWidth: smallest.width,
    minHeight: smallest.height,
    title: 'Pneumoscope',
    backgroundColor: '#0e1113',
    show: false,
    autoHideMenuBar: true,
    webPreferences: {
      preload: join(__dirname, '../preload/index.js'),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
      devTools: devServer !== undefined || process.env['PNEUMOSCOPE_DEVTOOLS'] === '1',
    },
  })
  if (place?.isMaximised) window.maximize()
  window.once('ready-to-show', () => window.show())
  window.on('close', () => remember(settings, window))
  window.webContents.on('before-input-event', (event, { type, key }) => {
    if (type !== 'keyDown' || key !== 'F11') return
    event.preventDefault()
    window.setFullScreen(!window.isFullScreen())
  })
  void window.loadURL(pageUrl)
  return window
}

function remember(settings: Memory, window: BrowserWindow): void {
  const place: Place = { ...window.getNormalBounds(), isMaximised: window.isMaximized() }
  settings.write(placeKey, JSON.stringify(place))
}

/** Undefined the first time, and when the screen that it lay on is gone. */
function rememberedPlace(settings: Memory): Place | undefined {
  const text = settings.read(placeKey)
  if (text === undefined) return undefined
  const { data: place } = Place.safeParse(JSON.parse(text))
  if (!place) return undefined
  const isSeen = screen.getAllDisplays().some(({ workArea }) => overlaps(place, workArea))
  return isSeen ? place : undefined
}

/** Whether a hundred pixels each way show, enough to take hold of. */
const overlaps = (a: Rectangle, b: Rectangle): boolean =>
  Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x) >= 100 &&
  Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y) >= 100
