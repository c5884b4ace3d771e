/** `model.json` read strictly: what does not fit is refused with its field, never mended. */
import { z } from 'zod'
import { ModelManifest } from '../../shared/domain/model.ts'
import { AppError } from '../../shared/errors.ts'
import { inferShapes } from './shapes.ts'
import { bytesOf } from './weightsFile.ts'

export const MANIFEST = 'model.json'
/** The one other file that a package may hold; a manifest that names any other is refused. */
export const WEIGHTS = 'weights.bin'

export const bad = (file: string, reason: string): AppError =>
  new AppError('BAD_MODEL', `${file}: ${reason}`)

/**
 * `text` as a manifest: only known files, shapes as its network has them, sizes as its shapes ask.
 * `file` is named in errors. Throws BAD_MODEL with the field, or NEWER_VERSION.
 */
export function parseManifest(file: string, text: string): ModelManifest {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new AppError('BAD_MODEL', `${file}: not valid JSON`, { cause })
  }
  const version = z.object({ version: z.int() }).safeParse(value)
  if (version.success && version.data.version > 1) {
    throw new AppError(
      'NEWER_VERSION',
      `${file}: version ${version.data.version} was written by a newer Pneumoscope; update this one`,
    )
  }
  const parsed = ModelManifest.safeParse(value)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw bad(file, `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'it does not fit'}`)
  }
  checkNames(file, parsed.data)
  checkShapes(file, parsed.data)
  return parsed.data
}

function checkNames(file: string, { files, classes, spec }: ModelManifest): void {
  const names = Object.keys(files)
  const foreign = names.find((name) => name !== WEIGHTS)
  if (foreign !== undefined) throw bad(file, `files: '${foreign}' is not a file of a package`)
  if (names.length === 0) throw bad(file, `files: ${WEIGHTS} is missing`)
  if (classes.length !== spec.classes) {
    throw bad(file, `classes: ${classes.length} names for ${spec.classes} classes`)
  }
}

function checkShapes(file: string, { spec, weights, files }: ModelManifest): void {
  const expected = shapesOf(file, spec)
  if (weights.length !== expected.length) {
    throw bad(file, `weights: ${weights.length} arrays, but the network has ${expected.length}`)
  }
  expected.forEach(({ name, shape }, index) => {
    const { name: given, shape: givenShape } = weights[index]!
    if (name !== given) throw bad(file, `weights.${index}.name: '${given}' instead of '${name}'`)
    if (shape.join() !== givenShape.join()) {
      throw bad(file, `weights.${index}.shape: [${givenShape.join()}] instead of [${shape.join()}]`)
    }
  })
  const bytes = bytesOf(weights)
  const listed = files[WEIGHTS]!.bytes
  if (listed !== bytes) {
    throw bad(file, `files.${WEIGHTS}.bytes: ${listed}, but the shapes ask for ${bytes}`)
  }
}

function shapesOf(file: string, spec: ModelManifest['spec']) {
  try {
    return inferShapes(spec).layers.flatMap((layer) => layer.weights)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new AppError('BAD_MODEL', `${file}: spec: ${reason}`, { cause })
  }
}
