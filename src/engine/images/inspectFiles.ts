import type { Inspection } from '../../shared/contracts/engineAreas/films.ts'
import { throwIfCancelled } from '../../shared/errors.ts'
import type { Job } from '../../shared/rpc/contract.ts'
import { turnOfTheLoop } from '../../files/turnOfTheLoop.ts'
import { inspectDicom } from './dicom/inspectDicom.ts'
import { sniffFormat } from './format.ts'
import { rangeOf } from './range.ts'
import { refusalOf } from './readFilms.ts'
import { decodeRaster, withFile } from './readRaster.ts'

/** Tells of each file, in the order given, what is in it or why it cannot be read. Throws CANCELLED. */
export async function inspectFiles(
  { paths, phi = false }: { readonly paths: readonly string[]; readonly phi?: boolean },
  job: Job<Inspection>,
): Promise<void> {
  for (const path of paths) {
    throwIfCancelled(job.signal)
    job.report(await inspect(path, phi))
    await turnOfTheLoop()
  }
}

/** Stored figures are over all samples as decoded, before any scaling. */
async function inspect(path: string, phi: boolean): Promise<Inspection> {
  try {
    return await withFile(path, (bytes) =>
      sniffFormat(bytes) === 'dicom' ? inspectDicom(path, bytes, phi) : inspectPicture(path, bytes),
    )
  } catch (cause) {
    return { kind: 'refused', refusal: refusalOf(path, cause) }
  }
}

async function inspectPicture(path: string, bytes: Uint8Array): Promise<Inspection> {
  const raster = await decodeRaster(bytes)
  const { minimum, maximum, mean } = rangeOf(raster.samples)
  return {
    kind: 'image',
    path,
    format: raster.format,
    rows: raster.rows,
    columns: raster.columns,
    frames: raster.frames,
    samplesPerPixel: raster.storedSamplesPerPixel,
    bitsStored: raster.bitsStored,
    photometric: raster.photometric,
    storedMin: minimum,
    storedMax: maximum,
    storedMean: mean,
  }
}
