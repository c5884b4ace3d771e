import type { Store } from '../store/store.ts'

export type ViewNotes = ReturnType<typeof createViewNotes>

/** Notes in the audit trail what is looked at: a halved look and the pixels that follow it are one look. */
export function createViewNotes({ audit }: Pick<Store, 'audit'>) {
  /** What was looked at halved and whose other pixels are still to come. */
  let lookedAt: string | undefined
  return {
    note(imageId: string, { frame, halvings }: { frame: number; halvings: number }): void {
      const look = `${imageId}/${frame}`
      if (halvings > 0 || look !== lookedAt) audit.append('view', imageId, { frame })
      lookedAt = halvings > 0 ? look : undefined
    },
  }
}
