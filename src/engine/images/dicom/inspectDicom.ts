import type { Inspection } from '../../../shared/contracts/engineAreas/films.ts'
import { damaged } from '../header.ts'
import { rangeOf } from '../range.ts'
import type { DataSet } from './dataSet.ts'
import { readPatientData } from './facts.ts'
import { openFrames } from './frames.ts'
import { realRange, usableWindows } from './greys.ts'
import { functionalGroups, readGreyscale } from './greyscale.ts'
import { nameOfObject } from './objectNames.ts'
import { openDicom } from './openDicom.ts'
import { pixelElement, type PixelModule, readPixelModule } from './pixelModule.ts'
import type { StoredSamples } from './storedValues.ts'

/**
 * Stored figures are over all frames and samples, before any table; patient data stands there only when asked for.
 * Throws what reading throws.
 */
export async function inspectDicom(
  path: string,
  bytes: Uint8Array,
  phi = false,
): Promise<Inspection> {
  const file = openDicom(bytes)
  const { dataSet, transferSyntaxUid: transferSyntax } = file
  const modality = dataSet.ascii(0x0008_0060)
  const common = {
    path,
    format: 'dicom',
    transferSyntax,
    ...(modality !== undefined && { modality }),
    ...(phi && { patient: readPatientData(dataSet) }),
  }
  const element = pixelElement(dataSet)
  if (!element) return { kind: 'object', ...common, object: nameOfObject(file) }
  const module = readPixelModule(dataSet, element)
  const frames = openFrames(file, module)
  let [minimum, maximum, sum] = [Infinity, -Infinity, 0]
  let missed = false
  for (let frame = 0; frame < frames.count; frame++) {
    const stored = await frames.read(frame)
    if (frame === 0) missed = missesAll(dataSet, module, stored)
    const range = rangeOf(stored)
    minimum = Math.min(minimum, range.minimum)
    maximum = Math.max(maximum, range.maximum)
    sum += range.mean
  }
  if (minimum > maximum) throw damaged('none of its pixels is a number')
  return {
    ...{ kind: 'image', ...common },
    ...{ rows: module.rows, columns: module.columns, frames: module.frames },
    ...{ samplesPerPixel: module.samplesPerPixel, bitsStored: module.bitsStored },
    photometric: module.photometric,
    ...{ storedMin: minimum, storedMax: maximum, storedMean: sum / frames.count },
    ...(missed && { windowMissed: true }),
  }
}

/** Of the first frame. What stops a film from being shown does not stop it from being told of. */
function missesAll(dataSet: DataSet, module: PixelModule, stored: StoredSamples): boolean {
  if (!module.photometric.startsWith('MONOCHROME')) return false
  try {
    const greyscale = readGreyscale(dataSet, module, functionalGroups(dataSet, 0))
    return usableWindows(module, greyscale, realRange(stored, greyscale)).missed
  } catch {
    return false
  }
}
