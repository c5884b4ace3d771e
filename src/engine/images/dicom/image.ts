/** A DICOM image ready to be looked at: its frames, what makes greys of them, and what the file says of the film. */
import type { DicomFacts } from '../../../shared/domain/dicom.ts'
import { AppError } from '../../../shared/errors.ts'
import { readJpegMarkers } from './codecs/jpegMarkers.ts'
import { codestreamKind } from './codestreamKind.ts'
import { asRgb } from './colour.ts'
import { readFacts } from './facts.ts'
import { type Frames, openFrames } from './frames.ts'
import { functionalGroups, type Greyscale, readGreyscale } from './greyscale.ts'
import { nameOfObject } from './objectNames.ts'
import { type DicomFile, openDicom } from './openDicom.ts'
import { pixelElement, type PixelModule, readPixelModule } from './pixelModule.ts'
import type { StoredSamples } from './storedValues.ts'

export interface DicomImage {
  readonly file: DicomFile
  readonly module: PixelModule
  readonly frames: Frames
  readonly facts: DicomFacts
  readonly isColour: boolean
  readonly greyscale: (frame: number) => Greyscale
  /** Of a colour image: [rows, columns, 3], 0–255. */
  readonly rgb: (stored: StoredSamples) => Uint8Array
}

/**
 * The image that was opened last of some bytes, as long as these are kept: import, viewer and score look at the same
 * film within a second.
 */
const opened = new WeakMap<Uint8Array, DicomImage>()

/** As `newImage`, once for the same bytes. */
export function openImage(bytes: Uint8Array): DicomImage {
  const known = opened.get(bytes)
  if (known) return known
  const image = newImage(bytes)
  opened.set(bytes, image)
  return image
}

/** Throws UNSUPPORTED for an object without pixels, naming it, and what reading it throws. Decodes nothing yet. */
function newImage(bytes: Uint8Array): DicomImage {
  const file = openDicom(bytes)
  const { dataSet } = file
  const element = pixelElement(dataSet)
  if (!element) {
    throw new AppError(
      'UNSUPPORTED',
      `the DICOM file holds no picture (${nameOfObject(file)}): choose the film itself`,
    )
  }
  const module = readPixelModule(dataSet, element)
  const frames = onceAFrame(openFrames(file, module))
  return {
    ...{ file, module, frames },
    facts: readFacts(file, module),
    isColour: module.samplesPerPixel === 3 || module.photometric === 'PALETTE COLOR',
    greyscale: (frame) => readGreyscale(dataSet, module, functionalGroups(dataSet, frame)),
    rgb: (stored) =>
      asRgb(dataSet, namedByCodestream(file, module), stored, file.transferSyntax.packing),
  }
}

/** The frame that was read last is not unpacked again. */
function onceAFrame(frames: Frames): Frames {
  let last: { readonly index: number; readonly stored: Promise<StoredSamples> } | undefined
  return {
    ...frames,
    read: (index) => {
      if (last?.index === index) return last.stored
      const stored = frames.read(index)
      last = { index, stored }
      // One that was refused because the machine was busy may succeed the next time.
      stored.catch(() => (last = undefined))
      return stored
    },
  }
}

/**
 * A JPEG codestream may name its colours itself, and is right where the data set says others: archives that compress
 * films do not always mend it. pydicom goes by the same two signs.
 */
function namedByCodestream({ bytes, dataSet }: DicomFile, module: PixelModule): PixelModule {
  const first = pixelElement(dataSet)?.fragments?.[1]
  if (module.samplesPerPixel !== 3 || !first || codestreamKind(bytes, first) !== 'jpeg')
    return module
  const { colours } = readJpegMarkers(bytes.subarray(first.start, first.end))
  const isNamed = colours === undefined || module.photometric.startsWith(colours.slice(0, 3))
  return isNamed ? module : { ...module, photometric: colours }
}
