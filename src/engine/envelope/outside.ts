/** Why a film may be none of those that a model was made for. */
import type { DicomFacts } from '../../shared/domain/dicom.ts'
import {
  envelopeNumbers,
  OutsideCode,
  THUMB_SIDE,
  type Envelope,
  type OutsideReason,
  type View,
} from '../../shared/domain/envelope.ts'
import { ageInYears } from '../../shared/ageInYears.ts'
import type { FittedEnvelope } from './fitEnvelope.ts'
import { likeness, symmetry, type FilmLook } from './look.ts'
import { distanceOf, whitened } from './mahalanobis.ts'
import { isSeenFromTheSide } from './viewOfFilm.ts'
import { firstAgainstOthers, viewScores } from './views.ts'

/** Kinds of radiographs, and what hospitals write where they do not know (PS3.3 C.7.3.1.1.1). */
const radiographs = new Set(['CR', 'DX', 'RG', 'RF', 'SC', 'OT', 'DR', 'XR'])

/** A negative must be as like the mean film as this, whatever the limit says: chance reaches less. */
const LEAST_NEGATIVE = 0.2

/** In the order of the codes; none: nothing speaks against the film. Without an envelope only the file itself is asked. */
export function outsideReasons(
  look: FilmLook,
  fitted: FittedEnvelope | undefined,
): OutsideReason[] {
  const fromFile = look.dicom ? saidByDicom(look.dicom) : []
  return [
    ...fromFile,
    ...(fitted ? seenInPicture(look, fitted, new Set(fromFile.map(({ code }) => code))) : []),
    ...colour(look, fitted?.envelope),
    ...age(look, fitted?.envelope),
  ].sort((a, b) => rank(a) - rank(b))
}

const rank = ({ code }: OutsideReason) => OutsideCode.options.indexOf(code)

function saidByDicom(dicom: DicomFacts): OutsideReason[] {
  const { modality, bodyPart } = dicom
  const otherKind = modality !== undefined && !radiographs.has(modality.toUpperCase())
  const otherPart =
    bodyPart !== undefined && bodyPart.trim() !== '' && !/CHEST|THORA|LUNG|RIB|PULM/i.test(bodyPart)
  return [
    ...(otherKind || otherPart
      ? [
          {
            code: 'NOT_CHEST' as const,
            detail: otherKind
              ? `the file calls itself ${modality}, which is no radiograph`
              : `the file calls the body part ${bodyPart}`,
          },
        ]
      : []),
    ...(isSeenFromTheSide(dicom)
      ? [{ code: 'LATERAL' as const, detail: 'the file says that the view is lateral' }]
      : []),
  ]
}

/** What pixels and features tell against the film, beside what its file said. */
function seenInPicture(look: FilmLook, fitted: FittedEnvelope, said: Said): OutsideReason[] {
  const { envelope, numbers } = fitted
  const size = envelope.features
  const whitening = numbers.subarray(size, size + size * size)
  const coordinates = whitened({ mean: numbers.subarray(0, size), whitening }, look.features)
  const { views } = envelope
  const kind =
    (views && ofOtherKind(views, rowsOfViews(fitted), coordinates)) ??
    negativeOfMean(look, fitted) ??
    (views ? undefined : unlikeTheMean(look, fitted))
  const isNamed = kind?.code === 'NOT_CHEST' && (said.has('NOT_CHEST') || said.has('LATERAL'))
  const fromTheSide = kind || said.has('LATERAL') ? undefined : unevenHalves(look, fitted)
  return [isNamed ? undefined : kind, fromTheSide, far(coordinates, envelope)].filter(
    (reason) => reason !== undefined,
  )
}

type Said = ReadonlySet<string>

const rowsOfViews = ({ envelope, numbers }: FittedEnvelope): Float32Array =>
  numbers.subarray(envelopeNumbers({ features: envelope.features }))

const another: Readonly<Record<Exclude<View, 'usual'>, string>> = {
  turned: 'one that lies on its side',
  upsideDown: 'one that stands on its head',
  negative: 'the negative of one',
  sideHalf: 'the left or right half of one',
  lowerHalf: 'the lower half of one',
  part: 'a part of one',
  disorder: 'one whose pixels were put in any order',
}

function ofOtherKind(
  { kinds, limit }: NonNullable<Envelope['views']>,
  rows: Float32Array,
  coordinates: Float32Array,
): OutsideReason | undefined {
  const scores = viewScores(rows, coordinates)
  const odds = firstAgainstOthers(scores)
  if (odds >= limit) return undefined
  const others = scores.slice(1)
  const kind = kinds[1 + others.indexOf(Math.max(...others))]!
  if (kind === 'usual') return undefined
  const detail = `it is less like a usual film than like ${another[kind]} (log-odds ${figure(odds)}, under ${figure(limit)})`
  return { code: kind === 'negative' ? 'INVERTED' : 'NOT_CHEST', detail }
}

/** With the mean training film. */
function likenessOf(
  { thumb }: FilmLook,
  { envelope: { features }, numbers }: FittedEnvelope,
): number {
  const from = features + features * features
  return likeness(thumb, numbers.subarray(from, from + THUMB_SIDE * THUMB_SIDE))
}

/** Told by pixels alone, so that it also holds for a network whose features do not tell a negative. */
function negativeOfMean(look: FilmLook, fitted: FittedEnvelope): OutsideReason | undefined {
  const opposite = -likenessOf(look, fitted)
  if (opposite < Math.max(fitted.envelope.limits.likeness, LEAST_NEGATIVE)) return undefined
  const detail = `its negative is like the mean training film (correlation ${figure(opposite)})`
  return { code: 'INVERTED', detail }
}

/** Where no line tells kinds apart. */
function unlikeTheMean(look: FilmLook, fitted: FittedEnvelope): OutsideReason | undefined {
  const { limits } = fitted.envelope
  const alike = likenessOf(look, fitted)
  if (alike >= limits.likeness) return undefined
  const detail = `unlike the mean training film (correlation ${figure(alike)}, under ${figure(limits.likeness)})`
  return { code: 'NOT_CHEST', detail }
}

function unevenHalves(
  { thumb }: FilmLook,
  { envelope: { limits } }: FittedEnvelope,
): OutsideReason | undefined {
  const mirrored = symmetry(thumb)
  if (mirrored >= limits.symmetry) return undefined
  const detail = `its halves are less alike than those of the training films (correlation ${figure(mirrored)}, under ${figure(limits.symmetry)})`
  return { code: 'LATERAL', detail }
}

function far(
  coordinates: Float32Array,
  { limits, checkedOn }: Envelope,
): OutsideReason | undefined {
  const distance = distanceOf(coordinates)
  if (distance <= limits.distance) return undefined
  const detail = `${figure(distance)} from the training films, where 99 % of the ${checkedOn.part} films lie within ${figure(limits.distance)}`
  return { code: 'FAR', detail }
}

function colour({ isColour }: FilmLook, envelope: Envelope | undefined): OutsideReason[] {
  if (!isColour || envelope?.colour) return []
  return [{ code: 'COLOUR', detail: 'a picture in colour; the model was made for films in grey' }]
}

function age({ dicom }: FilmLook, envelope: Envelope | undefined): OutsideReason[] {
  const years = dicom && ageInYears(dicom)
  if (years === undefined || !envelope?.ages) return []
  const [youngest, oldest] = envelope.ages
  // A person of five is five until the sixth birthday.
  if (years >= youngest && years < oldest + 1) return []
  const detail = `the patient’s age is outside ${figure(youngest)} to ${figure(oldest)} years`
  return [{ code: 'AGE', detail }]
}

const figure = (value: number): string => Number(value.toFixed(2)).toString()
