/** `screen --explain DIR`: a picture for every film that was scored, and a table that says what each shows. */
import { mkdir, readdir } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import { overlayPicture } from '../engine/explain/overlay.ts'
import { writeFileAtomically } from '../files/atomicWrite.ts'
import { csvRow } from '../shared/csv.ts'
import type { OutsideReason } from '../shared/domain/envelope.ts'
import type { ExplanationMethod } from '../shared/domain/explanation.ts'
import type { Refusal } from '../shared/domain/film.ts'
import type { ModelManifest } from '../shared/domain/model.ts'
import { outsideCell } from '../shared/judgement/outsideCell.ts'
import { throwIfCancelled, toAppError } from '../shared/errors.ts'
import { UsageError } from './usageError.ts'
import type { Context } from './verb.ts'

export interface ExplanationsOrder {
  readonly folder: string
  readonly modelFolder: string
  readonly manifest: ModelManifest
  readonly paths: readonly string[]
  /** By path: why the film may be none of those that the model was made for. */
  readonly outside: ReadonlyMap<string, readonly OutsideReason[]>
  readonly method: ExplanationMethod
  readonly layer: string | undefined
  /** Paths of films whose black and white are exchanged. */
  readonly turned: ReadonlySet<string>
  /** How a path is shown. */
  readonly shown: (path: string) => string
}

/** Makes the folder, which must be new or empty. Throws UsageError when it is not. */
export async function openExplanations(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  if ((await readdir(folder)).length > 0) {
    throw new UsageError(`--explain ${folder}: the folder is not empty; name a new one`)
  }
}

/** Writes the pictures in order, and `explanations.csv` when all are there. Returns the films that could not be explained. */
export async function writeExplanations(
  order: ExplanationsOrder,
  { engine, output, signal }: Pick<Context, 'engine' | 'output' | 'signal'>,
): Promise<Refusal[]> {
  const { folder, modelFolder, manifest, paths, outside, method, layer, shown } = order
  const isTurned = (path: string) => order.turned.has(path)
  const failures: Refusal[] = []
  const rows = [csvRow(['file', 'picture', 'method', 'layer', 'class', 'probability', 'model', 'outside'])] // prettier-ignore
  const digits = String(paths.length).length
  for (const [at, path] of paths.entries()) {
    throwIfCancelled(signal)
    try {
      const found = await engine.explain({
        ...{ modelFolder, path, method },
        ...(layer !== undefined && { layer }),
        ...(isTurned(path) && { turned: true }),
      })
      const name = manifest.classes[found.target]!
      const words = `${method}${found.layer === undefined ? '' : ` of ${found.layer}`} for ${name} by ${manifest.name}.${isTurned(path) ? ' Black and white exchanged.' : ''} Research use only. Not a medical device.`
      const stem = basename(path, extname(path))
      const picture = `${String(at + 1).padStart(digits, '0')}-${stem}.png`
      const drawn = await overlayPicture(path, found, words, { turned: isTurned(path) })
      await writeFileAtomically(join(folder, picture), drawn)
      const probability = found.probabilities[found.target]
      rows.push(
        csvRow([
          ...[shown(path), picture, method, found.layer, name, probability, manifest.name],
          outsideCell(outside.get(path) ?? []),
        ]),
      )
    } catch (cause) {
      const { code, message } = toAppError(cause)
      if (code === 'CANCELLED' || code === 'BAD_INPUT') throw cause
      failures.push({ path, code, reason: message })
    }
    output.progress((at + 1) / paths.length, `${at + 1} of ${paths.length} explained`)
  }
  await writeFileAtomically(join(folder, 'explanations.csv'), rows.join(''))
  return failures
}
