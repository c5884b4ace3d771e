/** Addresses of pictures: image://image/ID/thumbnail, image://image/ID/pixels and image://augmented/ID/NUMBER. */
export const imageScheme = 'image'

export type ImageAddress =
  | { readonly picture: 'thumbnail' | 'pixels'; readonly imageId: string }
  | { readonly picture: 'augmented'; readonly previewId: string; readonly number: number }

/** What an address asks for; undefined for anything but the three exact forms. */
export function parseImageAddress(address: string): ImageAddress | undefined {
  const film = /^image:\/\/image\/([0-9a-f]{26})\/(thumbnail|pixels)$/.exec(address)
  const [, imageId, picture] = film ?? []
  if (imageId !== undefined) {
    return { imageId, picture: picture === 'pixels' ? 'pixels' : 'thumbnail' }
  }
  const augmented = /^image:\/\/augmented\/([0-9a-f]{26})\/(\d{1,2})$/.exec(address)
  const [, previewId, number] = augmented ?? []
  if (previewId === undefined) return undefined
  return { picture: 'augmented', previewId, number: Number(number) }
}
