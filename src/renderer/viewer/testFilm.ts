import type { FilmPixels } from './film.ts'

/** A film for tests: a row of the samples unless its size is given, shown from the first to the last grey of 8 bits. */
export function testFilm(
  samples: FilmPixels['samples'],
  given: Partial<FilmPixels> = {},
): FilmPixels {
  const { width = samples.length, height = 1, minimum = 0, maximum = 255 } = given
  return {
    ...{ samples, width, height, minimum, maximum, inverted: false },
    window: { centre: 127.5, width: 255 },
    description: {
      ...{ rows: height, columns: width, samplesPerPixel: 1, slope: 1, intercept: 0 },
      sampleType: samples instanceof Uint8Array ? 'uint8' : 'uint16',
      ...{ minimum, maximum, inverted: false, frames: 1, frame: 1 },
      windows: [{ kind: 'window', label: '', centre: 127.5, width: 255, shape: 'linear-exact' }],
    },
    ...given,
  }
}
