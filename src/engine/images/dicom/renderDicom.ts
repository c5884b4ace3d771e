import type { FilmPixels } from '../../../shared/domain/filmPixels.ts'
import { AppError } from '../../../shared/errors.ts'
import { luminance } from '../eightBits.ts'
import { rangeOf } from '../range.ts'
import { isPadding, realOf, realRange, usableWindows } from './greys.ts'
import type { Greyscale } from './greyscale.ts'
import { type DicomImage, openImage } from './image.ts'
import { readOverlays } from './overlays.ts'
import { readSpacing } from './spacing.ts'
import type { StoredSamples } from './storedValues.ts'

/** One frame for the viewer, from 1. Throws BAD_INPUT for a frame that is not there, and what reading throws. */
export async function renderDicom(bytes: Uint8Array, frame: number): Promise<FilmPixels> {
  const image = openImage(bytes)
  const { rows, columns, frames } = image.module
  if (frame > frames) {
    throw new AppError('BAD_INPUT', `there is no frame ${frame}: the film has ${frames}`)
  }
  const stored = await image.frames.read(frame - 1)
  const seen = image.isColour ? colourSamples(image, stored) : greySamples(image, stored, frame - 1)
  return {
    ...{ rows, columns, ...seen, ...readSpacing(image.file.dataSet, frame - 1), frames, frame },
    ...(await drawings(image, frame - 1)),
  }
}

type Drawings = Pick<FilmPixels, 'overlays' | 'overlaysMissed' | 'overlayBits'>
type Seen = Omit<
  FilmPixels,
  'rows' | 'columns' | 'frames' | 'frame' | 'pixelSpacing' | 'aspect' | keyof Drawings
>

async function drawings({ file, module }: DicomImage, frame: number): Promise<Drawings> {
  const { overlays, missed } = await readOverlays(file, module, frame)
  const bits = overlays.map((overlay) => overlay.bits)
  return {
    ...(missed > 0 && { overlaysMissed: missed }),
    ...(overlays.length > 0 && {
      overlays: overlays.map(({ label, rows, columns, top, left }) => ({
        ...{ label, rows, columns, top, left },
      })),
      overlayBits: new Uint8Array(Buffer.concat(bits)),
    }),
  }
}

/** Colour as luminance: what a radiograph in colour is looked at for. */
function colourSamples(image: DicomImage, stored: StoredSamples): Seen {
  const grey = luminance(image.rgb(stored))
  return {
    ...{ samplesPerPixel: 1, sampleType: 'uint8', slope: 1, intercept: 0, inverted: false },
    ...{ minimum: rangeOf(grey).minimum, maximum: rangeOf(grey).maximum },
    windows: [{ kind: 'window', label: '', centre: 127.5, width: 255, shape: 'linear-exact' }],
    samples: asBytes(grey),
  }
}

function greySamples(image: DicomImage, stored: StoredSamples, frame: number): Seen {
  const greyscale = image.greyscale(frame)
  const range = realRange(stored, greyscale)
  const { sampleType, samples, padding } = viewerSamples(stored, greyscale)
  const { modality, unit, inverted } = greyscale
  const { windows, missed } = usableWindows(image.module, greyscale, range)
  return {
    ...{ samplesPerPixel: 1, sampleType, ...range, inverted },
    slope: modality.kind === 'linear' ? modality.slope : 1,
    intercept: modality.kind === 'linear' ? modality.intercept : 0,
    ...(unit !== undefined && { unit }),
    ...(padding && { padding }),
    windows: [...windows],
    ...(missed && { windowMissed: true }),
    samples: asBytes(samples),
  }
}

/** Samples of the kinds that the viewer takes. After a table they are real values already. */
function viewerSamples(stored: StoredSamples, greyscale: Greyscale) {
  if (greyscale.modality.kind === 'table') return tabled(stored, greyscale)
  const { padding } = greyscale
  if (stored instanceof Uint8Array)
    return { sampleType: 'uint8', samples: stored, padding } as const
  if (stored instanceof Uint16Array) {
    return { sampleType: 'uint16', samples: stored, padding } as const
  }
  if (stored instanceof Int16Array || stored instanceof Int8Array) {
    return { sampleType: 'int16', samples: new Int16Array(stored), padding } as const
  }
  return { sampleType: 'float32', samples: new Float32Array(stored), padding } as const
}

/** Padding takes a value that no entry of a table has: −1. */
function tabled(stored: StoredSamples, greyscale: Greyscale) {
  const real = realOf(greyscale)
  const value = (sample: number) => (isPadding(greyscale, sample) ? -1 : real(sample))
  if (greyscale.padding === undefined) {
    return {
      sampleType: 'uint16',
      samples: Uint16Array.from(stored, real),
      padding: undefined,
    } as const
  }
  const samples = Float32Array.from(stored, value)
  return { sampleType: 'float32', samples, padding: { from: -1, to: -1 } } as const
}

/** Every platform that Electron runs on is little-endian, so the memory is the wire format. */
const asBytes = ({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength)
