import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { ModelManifest } from '../../shared/domain/model.ts'
import { bad, CURRENT_VERSION } from './manifest.ts'

const Fields = z.record(z.string(), z.unknown())

/** From this version on a manifest is sealed. */
const SEALED = 4

/** As the newest version, with the seal of what it says. */
export function sealed(manifest: Omit<ModelManifest, 'version' | 'seal'>): ModelManifest {
  const current = { ...manifest, version: CURRENT_VERSION }
  return { ...current, seal: sealOf(current) }
}

/** `text` is the manifest as its file has it. Throws BAD_MODEL where its seal is another, or is missing. */
export function requireSeal(file: string, { version, seal }: ModelManifest, text: string): void {
  if (seal === undefined) {
    if (version < SEALED) return
    throw bad(file, `seal: missing, though version ${version} has one`)
  }
  if (sealOf(JSON.parse(text)) === seal) return
  throw bad(
    file,
    'seal: it is not that of what stands here: threshold, films, weights or another word were changed afterwards',
  )
}

/**
 * SHA-256 over everything that a manifest says but its name. It ties a threshold to the weights and to the films that it
 * was chosen on: with either exchanged afterwards, or any other word of the manifest, the seal is another.
 * The manifest is taken as its file has it, so that fields which later programs fill in do not break older seals.
 */
export function sealOf(manifest: unknown): string {
  const told = Object.entries(Fields.parse(manifest)).filter(
    ([field]) => field !== 'name' && field !== 'seal',
  )
  return createHash('sha256')
    .update(JSON.stringify(Object.fromEntries(told), inOrder))
    .digest('hex')
}

/** Of an object the fields by name: editors and databases do not keep their order. */
const inOrder = (_: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value
