import { expect, test } from 'vitest'
import type { FilmPixels as Film } from '../../shared/domain/filmPixels.ts'
import { packFilm } from '../../shared/filmEnvelope.ts'
import { filmOf } from './loadFilm.ts'

const film = (given: Partial<Film>) =>
  filmOf(
    packFilm({
      ...{ rows: 1, columns: 2, samplesPerPixel: 1, slope: 1, intercept: 0, inverted: false },
      ...{ minimum: 1, maximum: 513, frames: 1, frame: 1, sampleType: 'uint16' },
      windows: [{ kind: 'window', label: '', centre: 300, width: 400, shape: 'linear' }],
      samples: Uint8Array.of(1, 0, 1, 2),
      ...given,
    }).buffer as ArrayBuffer,
  )

test('sixteen-bit samples are little-endian and keep the window of the file', () => {
  expect(film({})).toMatchObject({
    samples: Uint16Array.of(1, 513),
    ...{ width: 2, height: 1, minimum: 1, maximum: 513, inverted: false },
    window: { centre: 300, width: 400 },
  })
})

test('windows on real values become windows on samples; a negative slope turns the film over', () => {
  // Real value = 100 − 2 × sample: the window from 0 to 100 lies on samples 50 to 0.
  const turned = film({
    ...{ slope: -2, intercept: 100, minimum: -926, maximum: 98 },
    windows: [{ kind: 'window', label: '', centre: 50, width: 100, shape: 'linear' }],
  })
  expect(turned).toMatchObject({ minimum: 1, maximum: 513, inverted: true })
  expect(turned.window).toEqual({ centre: 25, width: 50 })
})

test('signed samples are raised by half their range, floating-point ones spread over sixteen bits', () => {
  const signed = film({ sampleType: 'int16', samples: Uint8Array.of(0xff, 0xff, 2, 0) })
  expect(signed.samples).toEqual(Uint16Array.of(32_767, 32_770))
  expect(signed.window).toEqual({ centre: 300 + 32_768, width: 400 })
  const real = film({
    sampleType: 'float32',
    samples: new Uint8Array(Float32Array.of(1, 2).buffer),
  })
  expect(real.samples).toEqual(Uint16Array.of(0, 65_535))
})

test('with a table the film is shown from its lowest to its highest value for now', () => {
  const windows: Film['windows'] = [
    { kind: 'table', label: '', first: 0, bits: 8, entries: [0, 255] },
  ]
  expect(film({ windows }).window).toEqual({ centre: 257, width: 512 })
})
