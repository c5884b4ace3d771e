/** One picture of an idx file as a film. */
import { stat } from 'node:fs/promises'
import { AppError } from '../../shared/errors.ts'
import { readIdxFile, type IdxArray } from './idxFile.ts'
import type { Raster, RasterFile } from './raster.ts'

/** The files whose pictures are read in turn: those to train on, and those to test with. */
const KEPT = 2

interface Loaded {
  readonly state: string
  readonly array: Promise<IdxArray>
}

const loaded = new Map<string, Loaded>()

/** Picture `index`, from 0. Throws NOT_FOUND when the file has fewer, and as `readIdxFile`. */
export async function readIdxPicture(file: string, index: number): Promise<RasterFile> {
  const { shape, values } = await arrayOf(file)
  const [count = 0, rows, columns] = shape
  if (rows === undefined || columns === undefined) {
    throw new AppError('UNSUPPORTED', 'the idx file holds labels, no pictures')
  }
  if (index >= count) {
    throw new AppError('NOT_FOUND', `picture ${index + 1} is not there: the file has ${count}`)
  }
  const samples = values.slice(index * rows * columns, (index + 1) * rows * columns)
  const raster: Raster = {
    format: 'idx',
    rows,
    columns,
    samples,
    storedSamplesPerPixel: 1,
    samplesPerPixel: 1,
    frames: 1,
    bitsStored: 8,
    photometric: 'MONOCHROME2',
    synthetic: false,
  }
  return { raster, bytes: samples }
}

/** The file's content, read once for all of its pictures and again when the file has changed. */
async function arrayOf(file: string): Promise<IdxArray> {
  const { size, mtimeMs } = await stat(file)
  const state = `${size}/${mtimeMs}`
  const known = loaded.get(file)
  if (known?.state === state) return known.array
  const entry = { state, array: readIdxFile(file) }
  loaded.delete(file)
  loaded.set(file, entry)
  for (const oldest of [...loaded.keys()].slice(0, Math.max(0, loaded.size - KEPT)))
    loaded.delete(oldest)
  // What failed is tried again, should it be asked for again.
  entry.array.catch(() => {
    if (loaded.get(file) === entry) loaded.delete(file)
  })
  return entry.array
}
