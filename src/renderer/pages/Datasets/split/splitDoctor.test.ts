import { expect, test } from 'vitest'
import type { PatientPreview, PatientRule, SplitReport } from '../../../../shared/domain/split.ts' // prettier-ignore
import { SplitDoctor } from './splitDoctor.svelte.ts'

const report = (overlaps: SplitReport['overlaps'] = []): SplitReport => ({
  ...{ films: 4, patients: 2, copies: 0, excluded: 0, balance: [], examples: [], overlaps },
})
const leaky = report([{ kind: 'patient', parts: ['train', 'test'], groups: 1, films: [1, 1] }])
const rule = (pattern: string): PatientRule => ({ from: 'name', pattern, words: '' })
const found = (patients: number): PatientPreview => ({
  ...{ films: 4, patients, rules: [], unread: { films: 0, examples: [] }, changed: 0 },
})

function library() {
  let mended = false
  return {
    patientRules: () => Promise.resolve([rule('a')]),
    previewPatients: ({ rules }: { rules: { pattern?: string | undefined }[] }) =>
      new Promise<PatientPreview>((resolve) => {
        setTimeout(() => resolve(found(rules.length)), rules[0]?.pattern === 'slow' ? 20 : 1)
      }),
    applyPatients: () => Promise.resolve({ changed: 3 }),
    examineSplit: () => Promise.resolve(mended ? report() : leaky),
    previewSplit: () => Promise.resolve({ report: report(), folds: [], classes: [], byImage: [] }),
    applySplit: () => Promise.resolve({ changed: 4 }),
    mendSplit: () => {
      mended = true
      return Promise.resolve({ changed: 1 })
    },
  }
}

test('opening shows the report, the rules and what they make of the films', async () => {
  const doctor = new SplitDoctor(library(), 'd')
  await doctor.open()
  expect(doctor.report).toEqual(leaky)
  expect(doctor.rules).toEqual([rule('a')])
  expect(doctor.patients?.patients).toBe(1)
})

test('a late answer to older rules is dropped', async () => {
  const doctor = new SplitDoctor(library(), 'd')
  const slow = doctor.setRules([rule('slow')])
  await doctor.setRules([rule('a'), rule('b')])
  await slow
  expect(doctor.patients?.patients).toBe(2)
})

test('mending leaves a sound split, and a plan on paper is forgotten', async () => {
  const doctor = new SplitDoctor(library(), 'd')
  await doctor.open()
  await doctor.tryPlan()
  expect(doctor.preview).toBeDefined()
  expect(await doctor.mend()).toBe(1)
  expect(doctor.report?.overlaps).toEqual([])
  expect(doctor.preview).toBeUndefined()
})
