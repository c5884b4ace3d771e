/** A score as a structured report after TID 1500 «Measurement Report» (PS3.16), a Comprehensive SR. */
import { createHash } from 'node:crypto'
import type { ModelManifest } from '../../shared/domain/model.ts'
import { calibrationTest } from '../../shared/judgement/calibrationTest.ts'
import { outsideMessage } from '../../shared/judgement/outsideCell.ts'
import { outsideWords } from '../../shared/judgement/outsideWords.ts'
import { calibrationNames } from '../../shared/judgement/shownScore.ts'
import { leakWords } from '../../shared/split/words.ts'
import { programVersion } from '../version.ts'
import {
  codeItem,
  containerItem,
  type ContentItem,
  dcm,
  imageItem,
  numberItem,
  own,
  textItem,
  uidItem,
} from './contentItems.ts'
import { decisionOf, findingOf, NOTICE, type Decision, type Score } from './scoreWords.ts'
import type { SourceFilm } from './sourceFilm.ts'
import { dicomTime, newUid, writeObject } from './writeObject.ts'

const COMPREHENSIVE_SR = '1.2.840.10008.5.1.4.1.1.88.33'

export interface Scored {
  readonly film: SourceFilm
  readonly score: Score
  readonly manifest: ModelManifest
  readonly now: Date
}

/** The bytes of a DICOM file in the film's study, a series of its own. */
export function scoreReport(scored: Scored): Uint8Array {
  const { film, manifest, now } = scored
  const [date, time] = dicomTime(now)
  const { studyUid, seriesUid, sopClass, sopInstance } = film
  const root = containerItem(undefined, dcm('126000', 'Imaging Measurement Report'), content(scored), '1500') // prettier-ignore
  return writeObject({
    ...film.modules,
    ...equipment(manifest),
    ...{ SOPClassUID: COMPREHENSIVE_SR, SOPInstanceUID: newUid() },
    ...{ Modality: 'SR', SeriesInstanceUID: newUid(), SeriesNumber: '1500' },
    ...{ SeriesDate: date, SeriesTime: time, SeriesDescription: `Model score. ${NOTICE}` },
    ReferencedPerformedProcedureStepSequence: [],
    ...{ InstanceNumber: '1', ContentDate: date, ContentTime: time },
    ...{ CompletionFlag: 'COMPLETE', PreliminaryFlag: 'PRELIMINARY' },
    ...{ VerificationFlag: 'UNVERIFIED', PerformedProcedureCodeSequence: [] },
    CurrentRequestedProcedureEvidenceSequence: [
      {
        StudyInstanceUID: studyUid,
        ReferencedSeriesSequence: [
          {
            SeriesInstanceUID: seriesUid,
            ReferencedSOPSequence: [
              { ReferencedSOPClassUID: sopClass, ReferencedSOPInstanceUID: sopInstance },
            ],
          },
        ],
      },
    ],
    ...root,
  })
}

/** What made an object. */
export const equipment = (manifest: ModelManifest) => ({
  ...{ Manufacturer: 'Pneumoscope', ManufacturerModelName: manifest.name.slice(0, 64) },
  ...{ DeviceSerialNumber: weightsHash(manifest).slice(0, 32), SoftwareVersions: programVersion() },
})

const weightsHash = ({ files }: ModelManifest): string =>
  files['weights.bin']?.sha256 ?? createHash('sha256').update(JSON.stringify(files)).digest('hex')

/** The same for the same weights: the first 128 bits of their hash as a UUID of version 8 (RFC 9562 5.8). */
function modelUid(manifest: ModelManifest): string {
  const uuid = Buffer.from(weightsHash(manifest).slice(0, 32), 'hex')
  uuid[6] = (uuid[6]! & 0x0f) | 0x80
  uuid[8] = (uuid[8]! & 0x3f) | 0x80
  return `2.25.${BigInt(`0x${uuid.toString('hex')}`).toString()}`
}

const content = ({ film, score, manifest }: Scored): ContentItem[] => [
  codeItem('HAS CONCEPT MOD', dcm('121049', 'Language of Content Item and Descendants'), {
    value: 'en',
    scheme: 'RFC5646',
    meaning: 'English',
  }),
  codeItem('HAS OBS CONTEXT', dcm('121005', 'Observer Type'), dcm('121007', 'Device')),
  uidItem('HAS OBS CONTEXT', dcm('121012', 'Device Observer UID'), modelUid(manifest)),
  textItem('HAS OBS CONTEXT', dcm('121013', 'Device Observer Name'), 'Pneumoscope'),
  textItem('HAS OBS CONTEXT', dcm('121015', 'Device Observer Model Name'), manifest.name),
  codeItem('HAS CONCEPT MOD', dcm('121058', 'Procedure reported'), {
    ...{ value: '399208008', scheme: 'SCT', meaning: 'Plain chest X-ray' },
  }),
  containerItem(
    'CONTAINS',
    dcm('111028', 'Image Library'),
    [
      containerItem('CONTAINS', dcm('126200', 'Image Library Group'), [
        imageItem('CONTAINS', film),
      ]),
    ],
    '1600',
  ),
  containerItem('CONTAINS', dcm('126010', 'Imaging Measurements'), [
    containerItem('CONTAINS', dcm('125007', 'Measurement Group'), measurements({ film, score, manifest }), '1501'), // prettier-ignore
  ]),
]

/** TID 1501, with the algorithm after TID 4019. */
function measurements({ film, score, manifest }: Pick<Scored, 'film' | 'score' | 'manifest'>) {
  const decision = decisionOf(score, manifest)
  const source = [imageItem('INFERRED FROM', film)]
  const numbers = manifest.classes.map((name, at) =>
    numberItem(own(`SCORE_${at}`, `Score for ${name}`), score.probabilities[at] ?? 0, source),
  )
  return [
    textItem('HAS OBS CONTEXT', dcm('112039', 'Tracking Identifier'), 'Model score'),
    uidItem('HAS OBS CONTEXT', dcm('112040', 'Tracking Unique Identifier'), newUid()),
    codeItem('CONTAINS', dcm('121071', 'Finding'), findingOf(decision.scoredClass)),
    textItem('HAS CONCEPT MOD', dcm('111001', 'Algorithm Name'), manifest.name),
    textItem('HAS CONCEPT MOD', dcm('111003', 'Algorithm Version'), weightsHash(manifest)),
    textItem(
      'HAS CONCEPT MOD',
      dcm('111002', 'Algorithm Parameters'),
      JSON.stringify(manifest.preprocessing),
    ),
    ...numbers,
    ...(decision.calibrated === undefined
      ? []
      : [numberItem(own('CALIBRATED', `Calibrated probability of ${decision.scoredClass}`), decision.calibrated, source)]), // prettier-ignore
    ...(decision.threshold === undefined
      ? []
      : [numberItem(own('THRESHOLD', 'Threshold of the score'), decision.threshold)]),
    codeItem('CONTAINS', own('CALLED', 'Class that the score calls'), findingOf(decision.called)),
    ...score.outside.map(({ code, detail }) =>
      codeItem('CONTAINS', outsideConcept, own(code, outsideWords[code]), [
        textItem('HAS PROPERTIES', dcm('121106', 'Comment'), detail),
      ]),
    ),
    textItem('CONTAINS', dcm('121106', 'Comment'), commentOn(score, manifest, decision)),
  ]
}

const outsideConcept = own('OUTSIDE', 'Why the film may lie outside of the training films')

const commentOn = (
  { turned, outside }: Score,
  { card, calibration }: ModelManifest,
  { calibrated }: Decision,
): string =>
  [
    NOTICE,
    calibration && calibrated !== undefined
      ? `Calibrated by ${calibrationNames[calibration.map.kind]}, ${calibrationTest(calibration)}.`
      : '',
    outside.length > 0
      ? `The film may lie outside of the training films, and its score may mean nothing: ${outsideMessage(outside)}.`
      : '',
    turned ? 'The film was scored with its polarity turned by the reader.' : '',
    card.synthetic ? 'The model was trained on synthetic films.' : '',
    card.leak ? `The model’s training: ${leakWords(card.leak)}` : '',
  ]
    .filter(Boolean)
    .join(' ')
