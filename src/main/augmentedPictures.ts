/** Pictures that the engine made (augmented films, layers of a network, heat maps), kept while a page shows them. */
import { AppError } from '../shared/errors.ts'
import { newId } from '../store/newId.ts'

/** A page replaces its pictures by the next ones; those before may still be on their way. */
const kept = 4

export type AugmentedPictures = ReturnType<typeof createAugmentedPictures>

export function createAugmentedPictures() {
  const previews = new Map<string, readonly Uint8Array[]>()
  return {
    add(jpegs: readonly Uint8Array[]): string {
      const id = newId()
      previews.set(id, jpegs)
      for (const old of [...previews.keys()].slice(0, -kept)) previews.delete(old)
      return id
    },
    /** Throws NOT_FOUND for one that was given up. */
    get(previewId: string, number: number): Uint8Array {
      const jpeg = previews.get(previewId)?.[number]
      if (!jpeg) throw new AppError('NOT_FOUND', 'This preview is gone')
      return jpeg
    },
  }
}
