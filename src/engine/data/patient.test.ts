import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { patientKeys } from './patient.ts'

const keysOf = (...paths: string[]) => patientKeys(paths).keys

test('a pneumonia film belongs to a number and an organism, because numbering restarts by organism', () => {
  expect(
    keysOf('person12_bacteria_3.jpeg', 'person12_bacteria_41.jpeg', 'person12_virus_3.jpeg'),
  ).toEqual(['person12_bacteria', 'person12_bacteria', 'person12_virus'])
  expect(keysOf('PNEUMONIA/person1438_virus_2452_1.jpeg')).toEqual(['person1438_virus'])
})

test('a normal film belongs to a prefix and a number', () => {
  expect(
    keysOf('IM-0115-0001.jpeg', 'NORMAL2-IM-0115-0001.jpeg', 'NORMAL2-IM-0115-0001-0002.jpeg'),
  ).toEqual(['im-0115', 'normal2-im-0115', 'normal2-im-0115'])
})

test('a synthetic patient is never a real one', () => {
  expect(keysOf('synthetic-person12_bacteria_3.jpeg', 'synthetic-IM-0007-0002.jpeg')).toEqual([
    'synthetic-person12_bacteria',
    'synthetic-im-0007',
  ])
})

test('the names of NIH ChestX-ray14, CheXpert and MIMIC-CXR are read too', () => {
  expect(
    keysOf(
      '00000013_005.png',
      'train/patient00042/study1/view1_frontal.jpg',
      'files/p10/p10000032/s50414267/02aa804e.jpg',
    ),
  ).toEqual(['00000013', 'patient00042', 'p10000032'])
})

test('a folder that is called after a patient holds films of one patient', () => {
  expect(
    keysOf('normal/Patient 7/1.png', 'normal/Patient 7/2.png', 'a/subject-12/x.png', 'sub-03/y.png', 'Pat_004/z.png'), // prettier-ignore
  ).toEqual(['patient 7', 'patient 7', 'subject-12', 'sub-03', 'pat_004'])
  // Examinations and series begin anew in each patient.
  expect(keysOf('study1/1.png', 'study1/2.png')).toEqual(['study1/1.png', 'study1/2.png'])
})

test('a film whose name tells nothing is its own patient, and then there is no rule', () => {
  expect(patientKeys(['a/1.png', 'b/1.png'])).toEqual({
    keys: ['a/1.png', 'b/1.png'],
    rule: undefined,
  })
  expect(patientKeys(['a/1.png', 'IM-1-1.png']).rule).toContain('IM-N')
})

const pneumonia = join('..', 'shared', 'chest-xray', 'train', 'PNEUMONIA')
test.skipIf(!existsSync(pneumonia))(
  'the public training films hold 2,443 pneumonia keys, and half of the films share one (skipped without ../shared/chest-xray)',
  () => {
    const { keys } = patientKeys(readdirSync(pneumonia))
    const films = new Map<string, number>()
    for (const key of keys) films.set(key, (films.get(key) ?? 0) + 1)
    const shared = [...films.values()].filter((count) => count > 1)
    expect(keys).toHaveLength(3875)
    expect(films.size).toBe(2443)
    expect(shared.reduce((sum, count) => sum + count, 0) / keys.length).toBeCloseTo(0.52, 2)
  },
)
