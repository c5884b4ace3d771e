import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import type { DicomFacts } from '../../shared/domain/dicom.ts'
import { Envelope, THUMB_SIDE } from '../../shared/domain/envelope.ts'
import { normal, randomStream } from '../data/random.ts'
import { ageInYears } from '../../shared/ageInYears.ts'
import { fitEnvelope } from './fitEnvelope.ts'
import { fewFeatures, likeness, symmetry, thumbOf, type FilmLook } from './look.ts'
import { distanceOf, fitCloud, whitened } from './mahalanobis.ts'
import { outsideReasons } from './outside.ts'

const Fixture = z.object({
  points: z.array(z.array(z.number())),
  others: z.array(z.array(z.number())),
  shrinkage: z.number(),
  distances: z.array(z.number()),
})
const file = join(__dirname, '../../../tests/fixtures/sklearnEnvelope.json')
const sklearn = Fixture.parse(JSON.parse(readFileSync(file, 'utf8')))

test('shrinkage and distances are those of scikit-learn’s LedoitWolf', () => {
  const cloud = fitCloud(sklearn.points.map((point) => Float32Array.from(point)))
  expect(cloud.shrinkage).toBeCloseTo(sklearn.shrinkage, 9)
  sklearn.others.forEach((point, at) =>
    expect(
      distanceOf(whitened(cloud, Float32Array.from(point))) / sklearn.distances[at]!,
    ).toBeCloseTo(1, 5),
  )
})

const side = 64
/** Two dark lungs in a bright body, a bright heart to the right of the middle: as chest films are. */
function chest(number: number, turned: (grey: number) => number = (grey) => grey): Uint8Array {
  const random = randomStream(number, 'chest')
  const [lung, heart] = [12 + 2 * random.next(), 8 + 2 * random.next()]
  const far = (
    x: number,
    y: number,
    at: readonly [number, number],
    width: number,
    height: number,
  ) => ((x - at[0]) / width) ** 2 + ((y - at[1]) / height) ** 2 > 1
  return Uint8Array.from({ length: side * side }, (_, place) => {
    const [x, y] = [place % side, Math.floor(place / side)]
    const inLung = !far(x, y, [18, 30], lung, 22) || !far(x, y, [46, 30], lung, 22)
    const inHeart = !far(x, y, [36, 40], heart, 10)
    return turned((inHeart ? 190 : inLung ? 60 : 170) + Math.floor(10 * random.next()))
  })
}

const lookOf = (pixels: Uint8Array, more: Partial<FilmLook> = {}): FilmLook => {
  const random = randomStream(pixels[0]! + 256 * pixels[77]!, 'features')
  return {
    features: Float32Array.from({ length: 4 }, () => normal(random)),
    thumb: thumbOf({ rows: side, columns: side, channels: 1, pixels }),
    isColour: false,
    ...more,
  }
}
const films = (from: number, count: number) =>
  Array.from({ length: count }, (_, at) => lookOf(chest(from + at)))
const fitted = fitEnvelope({ train: films(1, 60), validation: films(1000, 60) }, [1, 5])!
const codes = (look: FilmLook, envelope: typeof fitted | null = fitted) =>
  outsideReasons(look, envelope ?? undefined).map(({ code }) => code)
const near = { features: new Float32Array(4) }

test('an envelope says how it was fitted, and is what a package takes', () => {
  expect(Envelope.parse(fitted.envelope)).toMatchObject({
    films: 60,
    checkedOn: { part: 'validation', films: 60 },
    features: 4,
    colour: false,
    ages: [1, 5],
  })
  expect(fitted.numbers).toHaveLength(4 + 16 + THUMB_SIDE ** 2)
  expect(fitEnvelope({ train: films(1, 10), validation: [] })).toBeUndefined()
  expect(
    fitEnvelope({ train: films(1, 30), validation: films(9, 3) })?.envelope.checkedOn.part,
  ).toBe('train')
})

test('a film like those of the training is inside', () => {
  expect(codes(lookOf(chest(5000), near))).toEqual([])
})

test('a negative, a side view and another picture are told by their greys', () => {
  expect(
    codes(
      lookOf(
        chest(5001, (grey) => 255 - grey),
        near,
      ),
    ),
  ).toEqual(['INVERTED'])
  const sideways = chest(5002).map((grey, at) => (at % side < side / 2 ? grey : 215))
  expect(codes(lookOf(sideways, near))).toEqual(['LATERAL'])
  const stripes = Uint8Array.from({ length: side * side }, (_, at) =>
    Math.floor(at / 512) % 2 ? 250 : 10,
  )
  expect(codes(lookOf(stripes, near))).toEqual(['NOT_CHEST'])
})

test('a film that the network sees far away is far, and says how far', () => {
  const look = lookOf(chest(5003), { features: Float32Array.of(9, 9, -9, 9) })
  const [reason] = outsideReasons(look, fitted)
  expect(reason).toMatchObject({ code: 'FAR' })
  expect(reason!.detail).toMatch(
    /^\d+(\.\d+)? from the training films, where 99 % of the validation films lie within \d/,
  )
})

test('one film in a hundred of those that it was checked on is called far', () => {
  const far = films(1000, 60).filter((look) => codes(look).includes('FAR'))
  expect(far).toHaveLength(1)
})

const facts = (more: Partial<DicomFacts>): DicomFacts => ({
  ...{
    sopClass: '1.2',
    transferSyntax: '1.2',
    photometric: 'MONOCHROME2',
    frames: 1,
    lossy: false,
  },
  ...{ bitsAllocated: 8, bitsStored: 8, studyUid: '1', seriesUid: '1', sopInstanceUid: '1' },
  ...more,
})

test('what the file says counts, with an envelope and without', () => {
  const said = (more: Partial<DicomFacts>) => lookOf(chest(5004), { ...near, dicom: facts(more) })
  expect(codes(said({ modality: 'DX', bodyPart: 'CHEST', viewPosition: 'PA' }))).toEqual([])
  expect(codes(said({ modality: 'CT' }))).toEqual(['NOT_CHEST'])
  expect(codes(said({ bodyPart: 'HAND' }), null)).toEqual(['NOT_CHEST'])
  expect(codes(said({ viewPosition: 'LL' }), null)).toEqual(['LATERAL'])
  expect(codes(said({ patientOrientation: 'A\\F' }), null)).toEqual(['LATERAL'])
  expect(codes(said({ patientAge: '045Y' }))).toEqual(['AGE'])
  expect(codes(said({ patientAge: '045Y' }), null)).toEqual([])
  // Five until the sixth birthday.
  expect(codes(said({ patientAge: '071M' }))).toEqual([])
  expect(codes(said({ patientAge: '073M' }))).toEqual(['AGE'])
})

test('a colour picture is outside of what was made for grey films', () => {
  expect(codes(lookOf(chest(5005), { ...near, isColour: true }))).toEqual(['COLOUR'])
  const colourful = { ...fitted, envelope: { ...fitted.envelope, colour: true } }
  expect(codes(lookOf(chest(5005), { ...near, isColour: true }), colourful)).toEqual([])
})

test('ages are read as DICOM writes them, or from two dates', () => {
  expect(ageInYears({ patientAge: '018M' })).toBeCloseTo(1.5, 12)
  expect(ageInYears({ patientAge: '365D' })).toBeCloseTo(1, 2)
  expect(ageInYears({ patientBirthDate: '2000-01-01', studyDate: '2010-01-01' })).toBeCloseTo(10, 2)
  expect(ageInYears({ patientAge: 'old' })).toBeUndefined()
})

test('thumbs are compared by their pattern alone', () => {
  const film = chest(1)
  const dim = film.map((grey) => Math.round(grey / 2))
  const both = [film, dim].map((pixels) =>
    thumbOf({ rows: side, columns: side, channels: 1, pixels }),
  )
  expect(likeness(both[0]!, both[1]!)).toBeGreaterThan(0.999)
  const left = Uint8Array.from({ length: side * side }, (_, at) => (at % side < 32 ? 0 : 255))
  expect(symmetry(thumbOf({ rows: side, columns: side, channels: 1, pixels: left }))).toBeCloseTo(
    -1,
    5,
  )
})

test('many channels are averaged with their neighbours', () => {
  expect(fewFeatures(Float32Array.of(1, 2))).toEqual(Float32Array.of(1, 2))
  const many = fewFeatures(Float32Array.from({ length: 512 }, (_, at) => at))
  expect([many.length, many[0], many[255]]).toEqual([256, 0.5, 510.5])
})

/** Films about 0, films changed as a training changes them about 3 in one direction, and negatives about −6. */
const around = (mean: number, number: number) => {
  const random = randomStream(number, 'around')
  return Float32Array.from({ length: 4 }, (_, at) => normal(random) + (at === 0 ? mean : 0))
}
const points = (mean: number, from: number, count: number) =>
  Array.from({ length: count }, (_, at) => around(mean, from + at))
const seen = (mean: number, from: number, count: number) =>
  points(mean, from, count).map((features, at) => lookOf(chest(from + at), { features }))
const told = fitEnvelope({
  ...{ train: seen(0, 1, 80), validation: seen(0, 1000, 60) },
  changed: { train: points(3, 2000, 80), validation: points(3, 3000, 60) },
  strangers: new Map([['negative', points(-6, 4000, 40)], ['sideHalf', points(12, 5000, 40)]]), // prettier-ignore
})!

test('films that are changed as the training changes its films are neither far nor of another kind', () => {
  const without = fitEnvelope({ train: seen(0, 1, 80), validation: seen(0, 1000, 60) })!
  const changed = points(3.2, 6000, 200).map((features) => lookOf(chest(7000), { features }))
  const flagged = (envelope: typeof fitted) => changed.filter((look) => codes(look, envelope).length > 0).length // prettier-ignore
  expect(flagged(told)).toBeLessThan(flagged(without) / 4)
})

test('views are kept with the numbers that tell them, and a film of another kind is told by its features', () => {
  expect(Envelope.parse(told.envelope).views).toMatchObject({
    kinds: ['usual', 'negative', 'sideHalf'],
  })
  expect(told.numbers).toHaveLength(4 + 16 + THUMB_SIDE ** 2 + 3 * 5)
  const said = (mean: number) => outsideReasons(lookOf(chest(7001), { features: Float32Array.of(mean, 0, 0, 0) }), told) // prettier-ignore
  expect(said(0)).toEqual([])
  expect(said(-6)[0]).toMatchObject({ code: 'INVERTED' })
  expect(said(-6)[0]!.detail).toMatch(
    /^it is less like a usual film than like the negative of one \(log-odds -\d/,
  )
  expect(said(12)[0]).toMatchObject({ code: 'NOT_CHEST' })
  expect(said(12)[0]!.detail).toMatch(
    /^it is less like a usual film than like the left or right half of one /,
  )
})

test('views that no held-out film was looked at for are not told', () => {
  const few = { train: seen(0, 1, 80), validation: seen(0, 1000, 5) }
  const strange = new Map([['negative', points(-6, 4000, 40)]] as const)
  expect(fitEnvelope({ ...few, strangers: strange })!.envelope.views).toBeUndefined()
})

test('a film that DICOM calls another body part is not called so twice', () => {
  const look = lookOf(chest(7002), { features: around(12, 8001), dicom: facts({ bodyPart: 'HAND' }) }) // prettier-ignore
  expect(codes(look, told).filter((code) => code === 'NOT_CHEST')).toHaveLength(1)
})
