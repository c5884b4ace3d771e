import { expect, test } from 'vitest'
import { tinyCard } from '../../engine/models/testing/tinyPackage.ts'
import type { MapTrust } from '../../shared/domain/explanation.ts'
import type { ModelManifest } from '../../shared/domain/model.ts'
import type { WorklistItem } from '../../shared/domain/review.ts'
import { filmReport } from './filmReport.ts'
import { modelReport } from './modelReport.ts'
import { plot } from './plot.ts'

const manifest: ModelManifest = {
  ...tinyCard,
  name: '<script>alert(1)</script>',
  ...{ format: 'pneumoscope-model', version: 2, weights: [] },
  files: { 'weights.bin': { sha256: 'a'.repeat(64), bytes: 4 } },
}
const item: WorklistItem = {
  image: {
    ...{ id: 'i', fileName: 'a"><img src=x onerror=alert(1)>.png', patient: 'Doe^Jane' },
    ...{ rows: 2, columns: 3, bytes: 1, synthetic: false },
  },
  prediction: {
    ...{ imageId: 'i', modelId: 'm', createdAt: '2026-01-01' },
    probabilities: [0.25, 0.75],
    outside: [{ code: 'FAR', detail: '2.3 from the training films' }],
  },
  verdict: 'unsure',
  turned: false,
}

const film = Uint8Array.of(4, 5, 6)
const trust: MapTrust = {
  level: 'low',
  stability: { value: 0.3, least: 0.7, holds: false },
  agreement: { value: 0.9, least: 0.7, holds: true },
  deletion: { value: 0.5, least: 0.95, holds: false, area: 0.4, chance: 0.41 },
}

test('a film’s report holds score, reasons and map, names no patient and needs nothing else', () => {
  const map = { method: 'grad-cam', layer: 'last', target: 1, rows: 1, columns: 1, probabilities: [0.25, 0.75] } as const // prettier-ignore
  const html = filmReport({
    ...{ item, manifest, at: '2026-01-02T03:04:05Z' },
    film,
    explained: {
      png: Uint8Array.of(1, 2, 3),
      map: { ...map, probabilities: [...map.probabilities] },
      trust,
    },
  })
  expect(html).toContain('0.750')
  expect(html).toContain('FAR: 2.3 from the training films')
  expect(html).toContain('src="data:image/png;base64,BAUG"')
  expect(html).toContain('src="data:image/png;base64,AQID"')
  expect(html).toContain('class="grey"')
  expect(html).toContain('Do not rely on this map: it moves with the film')
  expect(html).toContain('0.30, NOT held')
  expect(html).toContain('Research use only. Not a medical device.')
  expect(html).not.toContain('Doe')
  expectAlone(html)
})

test('a calibration that holds its test gives score and threshold on one scale, beside the raw ones', () => {
  const figures = { loss: 0.5, brier: 0.2, ece: 0.2 }
  const calibrated = {
    ...manifest,
    calibration: {
      // Odds times three.
      map: { kind: 'platt', slope: 1, intercept: Math.log(3) },
      ...{ modelHash: 'a'.repeat(64), createdAt: '2026-01-01' },
      on: {
        name: 'Films, validation',
        films: 40,
        positives: 20,
        patients: 40,
        hash: 'b'.repeat(64),
      },
      test: { folds: 5, raw: figures, calibrated: { loss: 0.4, brier: 0.1, ece: 0.1 } },
    },
  } as const
  const html = filmReport({ item, manifest: calibrated, film, at: '2026-01-02T03:04:05Z' })
  const row = (name: string, value: string) =>
    expect(html).toContain(`<th scope="row">${name}</th><td>${value}</td>`)
  row('Calibrated probability of PNEUMONIA', '0.900')
  row('Threshold of the calibrated probability', '0.750')
  const tested = 'tested on other patients: calibration error 0.100 (raw 0.200), loss 0.400 (raw 0.500)' // prettier-ignore
  row('Calibration', `Platt scaling on Films, validation, ${tested}`)
  expect(modelReport(calibrated, [])).toContain(`its test is held, ${tested}`)
  row('Raw score of PNEUMONIA', '0.750')
  row('Threshold of the raw score', '0.500')
  expect(modelReport(calibrated, [])).toContain('Platt scaling on Films, validation')
})

test('a drawing has its bounds, so that it may be printed smaller without being cut', () => {
  const drawn = plot('Curve', { x: 'x', y: 'y' }, [{ points: [{ x: 0, y: 0 }] }])
  expect(drawn).toContain('viewBox="0 0 286 292"')
})

test('a model’s report holds its card, and figures it has not are left a dash', () => {
  const html = modelReport(manifest, [])
  expect(html).toContain('even odds: not chosen')
  expect(html).toContain('none: scores are no probabilities')
  expect(html).toContain('a'.repeat(64))
  expectAlone(html)
})

/** No script, no request: names from outside stay words. */
function expectAlone(html: string): void {
  expect(html).not.toMatch(/<script|onerror=alert\(1\)>|<img src=x|https?:\/\/(?!www\.w3\.org)/)
  expect(html).toContain("default-src 'none'")
}
