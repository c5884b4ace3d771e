/** Addresses of a film's pictures: image://image/ID/thumbnail and image://image/ID/pixels. */
export const imageScheme = 'image'

export interface ImageAddress {
  readonly imageId: string
  readonly picture: 'thumbnail' | 'pixels'
}

/** What an address asks for; undefined for anything but the two exact forms. */
export function parseImageAddress(address: string): ImageAddress | undefined {
  const match = /^image:\/\/image\/([0-9a-f]{26})\/(thumbnail|pixels)$/.exec(address)
  const [, imageId, picture] = match ?? []
  if (imageId === undefined) return undefined
  return { imageId, picture: picture === 'pixels' ? 'pixels' : 'thumbnail' }
}
