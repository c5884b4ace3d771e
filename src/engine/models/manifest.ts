/** `model.json` read strictly: what does not fit is refused with its field, never mended. */
import { z } from 'zod'
import { ModelManifest } from '../../shared/domain/model.ts'
import { envelopeNumbers } from '../../shared/domain/envelope.ts'
import { AppError } from '../../shared/errors.ts'
import { fewFeatures } from '../envelope/look.ts'
import { lastImage } from '../graph/lastImage.ts'
import { primitivesOf } from '../graph/primitives.ts'
import { inferShapes } from './shapes.ts'
import { bytesOf } from './weightsFile.ts'

export const MANIFEST = 'model.json'
export const WEIGHTS = 'weights.bin'
/** [films, height, width] grey samples; only where the manifest tells of golden films. */
export const GOLDEN = 'golden.bin'
/** Little-endian float32; only where the manifest tells of an envelope. */
export const ENVELOPE = 'envelope.bin'
/** What a manifest may name; one that names any other file is refused. */
export const packageFiles: readonly string[] = [MANIFEST, WEIGHTS, GOLDEN, ENVELOPE]
const known = packageFiles.filter((name) => name !== MANIFEST)
/** What is written; older ones are read. */
export const CURRENT_VERSION = 6 as const

/** What a package calls its parts may be longer than a screen. */
const LONGEST_REASON = 240

export const bad = (file: string, reason: string): AppError =>
  new AppError('BAD_MODEL', `${file}: ${reason.length > LONGEST_REASON ? `${reason.slice(0, LONGEST_REASON)}…` : reason}`) // prettier-ignore

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
  if (version.success && version.data.version > CURRENT_VERSION) {
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
  checkGolden(file, parsed.data)
  checkEnvelope(file, parsed.data)
  checkJudgement(file, parsed.data)
  return parsed.data
}

function checkNames(file: string, { files, classes, spec }: ModelManifest): void {
  const names = Object.keys(files)
  const foreign = names.find((name) => !known.includes(name))
  if (foreign !== undefined) throw bad(file, `files: '${foreign}' is not a file of a package`)
  if (!names.includes(WEIGHTS)) throw bad(file, `files: ${WEIGHTS} is missing`)
  if (classes.length !== spec.classes) {
    throw bad(file, `classes: ${classes.length} names for ${spec.classes} classes`)
  }
}

function checkShapes(file: string, { version, spec, weights, files }: ModelManifest): void {
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
  const short = weights.findIndex(({ type }) => type === 'float16')
  if (version < 6 && short >= 0) {
    throw bad(file, `weights.${short}.type: version ${version} has float32 alone`)
  }
  const bytes = bytesOf(weights)
  const listed = files[WEIGHTS]!.bytes
  if (listed !== bytes) {
    throw bad(file, `files.${WEIGHTS}.bytes: ${listed}, but the shapes ask for ${bytes}`)
  }
}

function checkGolden(file: string, { golden, files, spec }: ModelManifest): void {
  const listed = files[GOLDEN]
  if (golden === undefined) {
    if (listed) throw bad(file, `golden: missing, though files lists ${GOLDEN}`)
    return
  }
  if (!listed) throw bad(file, `files: ${GOLDEN} is missing`)
  const bytes = golden.films * spec.input.height * spec.input.width
  if (listed.bytes !== bytes) {
    throw bad(file, `files.${GOLDEN}.bytes: ${listed.bytes}, but golden asks for ${bytes}`)
  }
  const outputs = outputsOf(file, spec)
  const stray = golden.scores.findIndex(({ length }) => length !== outputs)
  if (golden.scores.length !== golden.films || stray >= 0) {
    throw bad(file, `golden.scores: ${golden.films} rows of ${outputs} are expected`)
  }
}

function checkEnvelope(file: string, { envelope, version, files, spec }: ModelManifest): void {
  const listed = files[ENVELOPE]
  if (envelope === undefined) {
    if (listed) throw bad(file, `envelope: missing, though files lists ${ENVELOPE}`)
    return
  }
  if (version < 3) throw bad(file, 'envelope: version 2 has none')
  if (version < 5 && envelope.views) throw bad(file, `envelope.views: version ${version} has none`)
  if (!listed) throw bad(file, `files: ${ENVELOPE} is missing`)
  const bytes = 4 * envelopeNumbers(envelope)
  if (listed.bytes !== bytes) {
    throw bad(file, `files.${ENVELOPE}.bytes: ${listed.bytes}, but envelope asks for ${bytes}`)
  }
  const channels = channelsOf(file, spec)
  if (envelope.features !== channels) {
    throw bad(file, `envelope.features: ${envelope.features} instead of ${channels}`)
  }
}

/** What was chosen on a score holds for the weights that gave it, and for no others. */
function checkJudgement(file: string, manifest: ModelManifest): void {
  const { calibration, operatingPoint, zones, threshold, files, classes } = manifest
  const hash = files[WEIGHTS]!.sha256
  for (const [name, part] of Object.entries({ calibration, operatingPoint, zones })) {
    if (!part) continue
    if (classes.length !== 2) throw bad(file, `${name}: only two classes have one`)
    if (part.modelHash !== hash) {
      throw bad(file, `${name}.modelHash: it was made for other weights than ${WEIGHTS}`)
    }
  }
  if (operatingPoint && operatingPoint.threshold !== threshold) {
    throw bad(file, `threshold: ${threshold}, but operatingPoint says ${operatingPoint.threshold}`)
  }
  if (zones && zones.low > zones.high) throw bad(file, 'zones.low: above zones.high')
  if (calibration?.map.kind === 'isotonic') checkKnots(file, calibration.map)
}

function checkKnots(
  file: string,
  { scores, probabilities }: { scores: readonly number[]; probabilities: readonly number[] },
): void {
  const falls = (values: readonly number[]) =>
    values.some((value, place) => place > 0 && value < values[place - 1]!)
  if (scores.length !== probabilities.length) {
    throw bad(file, 'calibration.map.probabilities: not as many as scores')
  }
  if (falls(scores)) throw bad(file, 'calibration.map.scores: they must rise')
  if (falls(probabilities)) throw bad(file, 'calibration.map.probabilities: they must rise')
}

/** Pooled channels that an envelope of this network compares. */
function channelsOf(file: string, spec: ModelManifest['spec']): number {
  try {
    const image = lastImage(primitivesOf(inferShapes(spec)))
    return fewFeatures(new Float32Array(image?.channels ?? 0)).length
  } catch (cause) {
    throw new AppError('BAD_MODEL', `${file}: spec: ${String(cause)}`, { cause })
  }
}

const outputsOf = (file: string, spec: ModelManifest['spec']): number => {
  try {
    return inferShapes(spec).layers.at(-1)!.outputShape[0]!
  } catch (cause) {
    throw new AppError('BAD_MODEL', `${file}: spec: ${String(cause)}`, { cause })
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
