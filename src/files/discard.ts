import { rm } from 'node:fs/promises'

/**
 * Takes away a file or folder that nobody needs any more. One that cannot be removed costs room alone: it must neither undo
 * what is done nor hide why something failed.
 */
export const discard = (path: string): Promise<void> =>
  rm(path, { recursive: true, force: true }).catch(() => undefined)
