import type { FilmDescription } from '../../shared/domain/filmPixels.ts'
import type { Samples } from '../../shared/filmEnvelope.ts'
import { filmOf, type Film } from './film.ts'

/** A film for tests: one row of the samples unless its size is given, with the window of 8 bits. */
export function testFilm(samples: Samples, given: Partial<FilmDescription> = {}): Film {
  const { slope = 1, intercept = 0, padding, samplesPerPixel = 1 } = given
  let [minimum, maximum] = [Infinity, -Infinity]
  for (const sample of samples) {
    if (padding && sample >= padding.from && sample <= padding.to) continue
    const real = slope * sample + intercept
    if (real < minimum) minimum = real
    if (real > maximum) maximum = real
  }
  return filmOf(
    {
      ...{ rows: 1, columns: samples.length / samplesPerPixel, samplesPerPixel, slope, intercept },
      sampleType: typeOf(samples),
      ...{ minimum, maximum, inverted: false, frames: 1, frame: 1 },
      windows: [{ kind: 'window', label: '', centre: 127.5, width: 255, shape: 'linear-exact' }],
      ...given,
    },
    samples,
  )
}

function typeOf(samples: Samples): FilmDescription['sampleType'] {
  if (samples instanceof Uint8Array) return 'uint8'
  if (samples instanceof Uint16Array) return 'uint16'
  return samples instanceof Int16Array ? 'int16' : 'float32'
}
