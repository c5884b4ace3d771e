/** image://: thumbnails from the library, and film pixels rendered by the engine on demand. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { toAppError, type ErrorCode } from '../shared/errors.ts'
import { packFilm } from '../shared/filmEnvelope.ts'
import type { Library } from '../workflows/library.ts'
import { requireUnchanged } from '../workflows/checkOriginals.ts'
import { requireOriginals } from '../workflows/originals.ts'
import type { AugmentedPictures } from './augmentedPictures.ts'
import { imageScheme, parseImageAddress, type ImageAddress } from './imageScheme.ts'
import { withoutFolders } from './withoutFolders.ts'
import { pageOrigin } from './ownPage.ts'
import { refuse, serveScheme, type Answer } from './serveScheme.ts'

const headers = {
  'Access-Control-Allow-Origin': pageOrigin,
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Resource-Policy': 'cross-origin',
}

export function serveImages(library: Library, augmented: AugmentedPictures): void {
  serveScheme(imageScheme, async (address) => {
    const asked = parseImageAddress(address)
    if (!asked) return refuse(400, 'Not an address of a film', headers)
    try {
      switch (asked.picture) {
        case 'thumbnail':
          return await thumbnail(library, asked.imageId)
        case 'pixels':
          return await pixels(library, asked)
        case 'augmented':
          return jpeg(augmented.get(asked.previewId, asked.number))
        case 'map':
          return numbers(augmented.get(asked.mapId, 0))
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

async function thumbnail({ store }: Library, imageId: string): Promise<Answer> {
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
  { store, engine }: Library,
  { imageId, frame, halvings }: Extract<ImageAddress, { picture: 'pixels' }>,
): Promise<Answer> {
  const image = store.images.get(imageId)
  await requireOriginals([image])
  await requireUnchanged({ store, engine }, image)
  const film = await engine.renderFilm({ path: image.path, frame, halvings })
  noteView(store, imageId, { frame, isFirstLook: halvings > 0 })
  return numbers(packFilm(film))
}

/** The film that was looked at halved and whose other pixels are still to come. */
let lookedAt: string | undefined

/** A first look and the pixels that follow it are one look. */
function noteView(
  { audit }: Library['store'],
  imageId: string,
  { frame, isFirstLook }: { readonly frame: number; readonly isFirstLook: boolean },
): void {
  const look = `${imageId}/${frame}`
  if (isFirstLook || look !== lookedAt) audit.append('view', imageId, { frame })
  lookedAt = isFirstLook ? look : undefined
}

const numbers = (body: Uint8Array): Answer => ({
  status: 200,
  contentType: 'application/octet-stream',
  headers: { ...headers, 'Cache-Control': 'no-store' },
  body,
})
