import { expect, test } from 'vitest'
import { usualPatientRules } from '../../shared/split/patientRules.ts'
import { patientKeys } from './patient.ts'
import { readPatients } from './readPatients.ts'

const rule = (pattern: string, from: 'name' | 'path' = 'name') => ({ from, pattern, words: '' })
const named = (...paths: string[]) => paths.map((path) => ({ path }))

test('the groups of a pattern make the key, or all that it matched; the first rule that reads wins', () => {
  const films = named('a/P12_left.png', 'a/case-7.png', 'b/other.png')
  const rules = [rule('^(p\\d+)_'), rule('case-\\d+'), rule('^p')]
  expect(readPatients({ rules, films })).toEqual({
    keys: ['p12', 'case-7', 'b/other.png'],
    rules: [0, 1, null],
    problems: [null, null, null],
  })
})

test('a rule on the path sees folders, one on the name does not', () => {
  const films = named('patient3/x.png')
  expect(readPatients({ rules: [rule('^(\\w+)/')], films }).rules).toEqual([null])
  expect(readPatients({ rules: [rule('^(\\w+)/', 'path')], films }).keys).toEqual(['patient3'])
})

test('what a DICOM file says of its patient comes before its name', () => {
  const films = [{ path: 'IM-1-2.dcm', dicomPatient: 'abc' }, { path: 'IM-1-2.png' }]
  expect(readPatients({ rules: usualPatientRules, films }).keys).toEqual(['abc', 'im-1'])
})

test('the usual rules as patterns read what the import reads', () => {
  const paths = ['person12_bacteria_3.jpeg', 'NORMAL2-IM-0115-0001.jpeg', '00000013_005.png', 'p10/p10000032/s5/0.jpg', 'x.png'] // prettier-ignore
  const { keys } = readPatients({ rules: usualPatientRules, films: named(...paths) })
  expect(keys).toEqual(patientKeys(paths).keys)
})

test('a pattern that is no regular expression, or that never ends, is a problem and reads nothing', () => {
  const films = named(`${'a'.repeat(40)}!`)
  const { problems, rules } = readPatients({ rules: [rule('('), rule('^(a+)+$')], films })
  expect(problems[0]).toContain('Unterminated group')
  expect(problems[1]).toContain('takes too long')
  expect(rules).toEqual([null])
})
