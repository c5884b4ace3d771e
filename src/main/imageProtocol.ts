/** image://: thumbnails from the library, and film pixels rendered by the engine on demand. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { toAppError, type ErrorCode } from '../shared/errors.ts'
import { packFilm } from '../shared/filmEnvelope.ts'
import { requireUnchanged } from '../workflows/checkOriginals.ts'
import { requireOriginals } from '../workflows/originals.ts'
import type { Context } from './context.ts'
import { imageScheme, parseImageAddress, type ImageAddress } from './imageScheme.ts'
import { withoutFolders } from './withoutFolders.ts'
import { pageOrigin } from './ownPage.ts'
import { refuse, serveScheme, type Answer } from './serveScheme.ts'

const headers = {
  'Access-Control-Allow-Origin': pageOrigin,
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Resource-Policy': 'cross-origin',
}

type Pictures = Pick<Context, 'desk' | 'augmented' | 'looks' | 'views'>

export function serveImages(context: Pictures): void {
  const { desk, augmented, looks } = context
  serveScheme(imageScheme, async (address) => {
    const asked = parseImageAddress(address)
    if (!asked) return refuse(400, 'Not an address of a film', headers)
    try {
      switch (asked.picture) {
        case 'thumbnail':
          return await thumbnail(desk, asked.imageId)
        case 'pixels':
          return await pixels(context, asked)
        case 'augmented':
          return jpeg(augmented.get(asked.previewId, asked.number))
        case 'map':
          return numbers(augmented.get(asked.mapId, 0))
        case 'look':
          return numbers(packFilm(looks.take(asked.lookId)))
      }
    } catch (cause) {
      const { code, message } = toAppError(cause)
      return refuse(statuses[code] ?? 500, withoutFolders(message), headers)
    }
  })
}

const statuses: Partial<Readonly<Record<ErrorCode, number>>> = {
  BAD_INPUT: 400,
  CONFLICT: 409,
  NOT_FOUND: 404,
  DAMAGED: 422,
  TOO_LARGE: 422,
  TRUNCATED: 422,
  UNSUPPORTED: 422,
  DISCONNECTED: 503,
  ENGINE_FAILED: 503,
}

async function thumbnail({ store }: Context['desk'], imageId: string): Promise<Answer> {
  const image = store.images.get(imageId)
  const file = join(store.folder.thumbnails, image.thumbnail)
  const body = await readFile(file).catch(() => undefined)
  if (!body)
    return refuse(404, `${image.fileName} has lost its thumbnail; import it again`, headers)
  return jpeg(body)
}

/** An id stands for the same picture for ever. */
function jpeg(body: Uint8Array): Answer {
  const forEver = { ...headers, 'Cache-Control': 'private, max-age=31536000, immutable' }
  return { status: 200, contentType: 'image/jpeg', headers: forEver, body }
}

async function pixels(
  { desk, views }: Pictures,
  { imageId, frame, halvings }: Extract<ImageAddress, { picture: 'pixels' }>,
): Promise<Answer> {
  const { store, engine } = desk
  const image = store.images.get(imageId)
  await requireOriginals([image])
  await requireUnchanged(desk, image)
  const film = await engine.renderFilm({ path: image.path, frame, halvings })
  views.note(imageId, { frame, halvings })
  return numbers(packFilm(film))
}

const numbers = (body: Uint8Array): Answer => ({
  status: 200,
  contentType: 'application/octet-stream',
  headers: { ...headers, 'Cache-Control': 'no-store' },
  body,
})
