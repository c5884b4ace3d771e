/** Why a film may be none of those that a model was made for. */
import type { DicomFacts } from '../../shared/domain/dicom.ts'
import { THUMB_SIDE, type Envelope, type OutsideReason } from '../../shared/domain/envelope.ts'
import { ageInYears } from '../../shared/ageInYears.ts'
import { likeness, symmetry, type FilmLook } from './look.ts'
import { distanceFrom } from './mahalanobis.ts'
import { isSeenFromTheSide } from './viewOfFilm.ts'

/** Kinds of radiographs, and what hospitals write where they do not know (PS3.3 C.7.3.1.1.1). */
const radiographs = new Set(['CR', 'DX', 'RG', 'RF', 'SC', 'OT', 'DR', 'XR'])

/** A negative must be as like the mean film as this, whatever the limit says: chance reaches less. */
const LEAST_NEGATIVE = 0.2

/** In the order of the codes; none: nothing speaks against the film. Without an envelope only the file itself is asked. */
export function outsideReasons(
  look: FilmLook,
  fitted: { readonly envelope: Envelope; readonly numbers: Float32Array } | undefined,
): OutsideReason[] {
  const fromFile = look.dicom ? saidByDicom(look.dicom) : []
  const reasons = [
    ...fromFile,
    ...(fitted ? seenInPicture(look, fitted, new Set(fromFile.map(({ code }) => code))) : []),
    ...colour(look, fitted?.envelope),
    ...(fitted ? far(look, fitted) : []),
    ...age(look, fitted?.envelope),
  ]
  return reasons
}

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

function seenInPicture(
  { thumb }: FilmLook,
  { envelope, numbers }: { readonly envelope: Envelope; readonly numbers: Float32Array },
  said: ReadonlySet<string>,
): OutsideReason[] {
  const { limits } = envelope
  const alike = likeness(thumb, numbers.subarray(-THUMB_SIDE * THUMB_SIDE))
  if (-alike >= Math.max(limits.likeness, LEAST_NEGATIVE)) {
    const detail = `its negative is like the mean training film (correlation ${figure(-alike)})`
    return [{ code: 'INVERTED', detail }]
  }
  if (alike < limits.likeness) {
    if (said.has('NOT_CHEST') || said.has('LATERAL')) return []
    const detail = `unlike the mean training film (correlation ${figure(alike)}, under ${figure(limits.likeness)})`
    return [{ code: 'NOT_CHEST', detail }]
  }
  const mirrored = symmetry(thumb)
  if (mirrored >= limits.symmetry || said.has('LATERAL')) return []
  const detail = `its halves are less alike than those of the training films (correlation ${figure(mirrored)}, under ${figure(limits.symmetry)})`
  return [{ code: 'LATERAL', detail }]
}

function colour({ isColour }: FilmLook, envelope: Envelope | undefined): OutsideReason[] {
  if (!isColour || envelope?.colour) return []
  return [{ code: 'COLOUR', detail: 'a picture in colour; the model was made for films in grey' }]
}

function far(
  { features }: FilmLook,
  { envelope, numbers }: { readonly envelope: Envelope; readonly numbers: Float32Array },
): OutsideReason[] {
  const size = envelope.features
  const mean = numbers.subarray(0, size)
  const distance = distanceFrom({ mean, whitening: numbers.subarray(size, size + size * size) }, features) // prettier-ignore
  if (distance <= envelope.limits.distance) return []
  const detail = `${figure(distance)} from the training films, where 99 % of the ${envelope.checkedOn.part} films lie within ${figure(envelope.limits.distance)}`
  return [{ code: 'FAR', detail }]
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
