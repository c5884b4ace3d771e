/** The one page that this program shows, and how others are told from it. */
import { app } from 'electron'

export const appScheme = 'app'
const appHost = 'pneumoscope'

/** While developing, Vite serves the page; a packaged program never looks. */
export const devServer = app.isPackaged ? undefined : process.env['ELECTRON_RENDERER_URL']

export const pageUrl = devServer ?? `${appScheme}://${appHost}/index.html`

/** As browsers write it in an Origin header. */
export const pageOrigin = devServer ? new URL(devServer).origin : `${appScheme}://${appHost}`

/** Whether a frame's address is ours; an empty one is not. */
export function isOwnPage(address: string): boolean {
  return originOf(address) === pageOrigin
}

/** Node's URL calls the origin of every scheme of our own 'null', so it is put together here. */
function originOf(address: string): string | undefined {
  try {
    const { protocol, host } = new URL(address)
    return `${protocol}//${host}`
  } catch {
    return undefined
  }
}
