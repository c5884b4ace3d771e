/** A folder that is replaced as a whole. */
import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { exists, syncFolder, temporaryName } from './atomicWrite.ts'
import { discard } from './discard.ts'
import { describeFileError } from './fileError.ts'

/**
 * Fills a new folder under a temporary name and puts it in the place of `folder`.
 * `fill` writes its files with `writeSynced`. A kill between the two renames leaves the older folder
 * under a name that `recoverFolder` knows.
 */
export async function commitFolder(
  folder: string,
  fill: (temporary: string) => Promise<void>,
): Promise<void> {
  const parent = dirname(folder)
  const temporary = join(parent, temporaryName(basename(folder)))
  try {
    await mkdir(temporary, { recursive: true })
    await fill(temporary)
    await syncFolder(temporary)
    const replaced = replacedName(folder)
    await rm(replaced, { recursive: true, force: true })
    if (await exists(folder)) await rename(folder, replaced)
    await rename(temporary, folder)
    await syncFolder(parent)
    await discard(replaced)
  } catch (cause) {
    await discard(temporary)
    await recoverFolder(folder).catch(() => undefined)
    throw describeFileError(cause, folder, 'written')
  }
}

/** Brings `folder` to its old or its new state after a kill, and removes what a kill left half-written. */
export async function recoverFolder(folder: string): Promise<void> {
  const parent = dirname(folder)
  if (!(await exists(parent))) return
  const replaced = replacedName(folder)
  if (!(await exists(folder)) && (await exists(replaced))) await rename(replaced, folder)
  const prefix = `.${basename(folder)}.`
  const leftovers = (await readdir(parent)).filter(
    (name) => name.startsWith(prefix) && (name.endsWith('.new') || name.endsWith('.replaced')),
  )
  for (const name of leftovers) await rm(join(parent, name), { recursive: true, force: true })
}

const replacedName = (folder: string) => join(dirname(folder), `.${basename(folder)}.replaced`)
