import type { LibraryModel } from '../../../../shared/contracts/appAreas/models.ts'
import { greyReason } from '../../../../shared/judgement/mapTrustWords.ts'
import type { FilmMaps } from './filmMaps.svelte.ts'
import { mapCaption } from './mapWords.ts'

export type DrawnMap = NonNullable<ReturnType<typeof drawnMap>>

/** The map over the film that is read, with its words; undefined while there is none to be seen. */
export function drawnMap(
  { map, trust, palette, opacity }: FilmMaps,
  model: LibraryModel | undefined,
  imageId: string | undefined,
) {
  if (!map || !model || map.imageId !== imageId) return undefined
  const warning = greyReason(trust)
  const caption = mapCaption(map, model.manifest, trust)
  return { map, palette, opacity, caption, warning, grey: warning !== undefined }
}
