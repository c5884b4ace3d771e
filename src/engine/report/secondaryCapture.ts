/** A film with its score below it as a Secondary Capture, for viewers that show no reports. */
import { leakWords } from '../../shared/split/words.ts'
import type { GreyPicture } from './lettering.ts'
import { withWords } from './scorePicture.ts'
import { equipment, type Scored } from './scoreReport.ts'
import { NOTICE, scoreLines } from './scoreWords.ts'
import { dicomTime, newUid, writeObject } from './writeObject.ts'

const SECONDARY_CAPTURE = '1.2.840.10008.5.1.4.1.1.7'

/** The bytes of a DICOM file in the film's study, a series of its own. `picture` are the greys that the model was given. */
export function secondaryCapture(scored: Scored, picture: GreyPicture): Uint8Array {
  const { film, score, manifest, now } = scored
  const { rows, columns, pixels } = withWords(picture, scoreLines(score, manifest))
  const even = new Uint8Array(pixels.length + (pixels.length % 2))
  even.set(pixels)
  const [date, time] = dicomTime(now)
  const { Manufacturer, ManufacturerModelName, SoftwareVersions } = equipment(manifest)
  return writeObject({
    ...film.modules,
    ...{ SOPClassUID: SECONDARY_CAPTURE, SOPInstanceUID: newUid() },
    ...{ Modality: 'OT', SeriesInstanceUID: newUid(), SeriesNumber: '1501', InstanceNumber: '1' },
    ...{ SeriesDescription: `Model score. ${NOTICE}`, ImageType: ['DERIVED', 'SECONDARY'] },
    ...{ ConversionType: 'WSD', ContentDate: date, ContentTime: time, PatientOrientation: '' },
    SecondaryCaptureDeviceManufacturer: Manufacturer,
    SecondaryCaptureDeviceManufacturerModelName: ManufacturerModelName,
    SecondaryCaptureDeviceSoftwareVersions: SoftwareVersions,
    DerivationDescription: [
      `Score of ${manifest.name} below the film.`,
      ...(manifest.card.leak ? [`The model’s training: ${leakWords(manifest.card.leak)}`] : []),
      NOTICE,
    ].join(' '),
    SourceImageSequence: [
      { ReferencedSOPClassUID: film.sopClass, ReferencedSOPInstanceUID: film.sopInstance },
    ],
    ...{ SamplesPerPixel: 1, PhotometricInterpretation: 'MONOCHROME2', Rows: rows },
    ...{ Columns: columns, BitsAllocated: 8, BitsStored: 8, HighBit: 7, PixelRepresentation: 0 },
    // Letters of the score; no name is among them.
    ...{ BurnedInAnnotation: 'YES', LossyImageCompression: '00', PresentationLUTShape: 'IDENTITY' },
    ...{ PixelData: even.buffer, _vrMap: { PixelData: 'OB' } },
  })
}
