/**
 * Addresses of pictures: image://image/ID/thumbnail, image://image/ID/pixels (the first frame),
 * image://image/ID/pixels/FRAME, image://augmented/ID/NUMBER and image://map/ID.
 */
export const imageScheme = 'image'

export type ImageAddress =
  | { readonly picture: 'thumbnail'; readonly imageId: string }
  | { readonly picture: 'pixels'; readonly imageId: string; readonly frame: number }
  | { readonly picture: 'augmented'; readonly previewId: string; readonly number: number }
  | { readonly picture: 'map'; readonly mapId: string }

/** What an address asks for; undefined for anything but the exact forms. */
export function parseImageAddress(address: string): ImageAddress | undefined {
  const thumbnail = /^image:\/\/image\/([0-9a-f]{26})\/thumbnail$/.exec(address)
  if (thumbnail) return { picture: 'thumbnail', imageId: thumbnail[1]! }
  const pixels = /^image:\/\/image\/([0-9a-f]{26})\/pixels(?:\/([1-9]\d{0,6}))?$/.exec(address)
  if (pixels) return { picture: 'pixels', imageId: pixels[1]!, frame: Number(pixels[2] ?? 1) }
  const map = /^image:\/\/map\/([0-9a-f]{26})$/.exec(address)
  if (map) return { picture: 'map', mapId: map[1]! }
  const augmented = /^image:\/\/augmented\/([0-9a-f]{26})\/(\d{1,2})$/.exec(address)
  const [, previewId, number] = augmented ?? []
  if (previewId === undefined) return undefined
  return { picture: 'augmented', previewId, number: Number(number) }
}
