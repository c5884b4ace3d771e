/**
 * Addresses of pictures: image://image/ID/thumbnail, image://image/ID/pixels (the first frame),
 * image://image/ID/pixels/FRAME, image://image/ID/pixels/FRAME/halved/TIMES (halved so often where the film allows it),
 * image://augmented/ID/NUMBER, image://map/ID and image://look/ID.
 */
export const imageScheme = 'image'

export type ImageAddress =
  | { readonly picture: 'thumbnail'; readonly imageId: string }
  | {
      readonly picture: 'pixels'
      readonly imageId: string
      readonly frame: number
      readonly halvings: number
    }
  | { readonly picture: 'augmented'; readonly previewId: string; readonly number: number }
  | { readonly picture: 'map'; readonly mapId: string }
  | { readonly picture: 'look'; readonly lookId: string }

const pixelAddress =
  /^image:\/\/image\/([0-9a-f]{26})\/pixels(?:\/([1-9]\d{0,6})(?:\/halved\/([1-6]))?)?$/

/** What an address asks for; undefined for anything but the exact forms. */
export function parseImageAddress(address: string): ImageAddress | undefined {
  const thumbnail = /^image:\/\/image\/([0-9a-f]{26})\/thumbnail$/.exec(address)
  if (thumbnail) return { picture: 'thumbnail', imageId: thumbnail[1]! }
  const pixels = pixelAddress.exec(address)
  if (pixels) {
    const [, imageId, frame = '1', halvings = '0'] = pixels
    return {
      picture: 'pixels',
      imageId: imageId!,
      frame: Number(frame),
      halvings: Number(halvings),
    }
  }
  const map = /^image:\/\/map\/([0-9a-f]{26})$/.exec(address)
  if (map) return { picture: 'map', mapId: map[1]! }
  const look = /^image:\/\/look\/([0-9a-f]{26})$/.exec(address)
  if (look) return { picture: 'look', lookId: look[1]! }
  const augmented = /^image:\/\/augmented\/([0-9a-f]{26})\/(\d{1,2})$/.exec(address)
  const [, previewId, number] = augmented ?? []
  if (previewId === undefined) return undefined
  return { picture: 'augmented', previewId, number: Number(number) }
}
