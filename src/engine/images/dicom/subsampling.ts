/** Samples of a pixel side by side, however the file arranges them. */
import type { StoredSamples } from './storedValues.ts'

const sameKind = <T extends StoredSamples>(samples: T, length: number): T =>
  new (samples.constructor as new (length: number) => T)(length)

/** Planes of red, green and blue (PS3.3 C.7.6.3.1.3) as pixels. */
export function interleaved<T extends StoredSamples>(
  samples: T,
  { planar, samplesPerPixel }: { readonly planar: boolean; readonly samplesPerPixel: number },
): T {
  if (!planar || samplesPerPixel === 1) return samples
  const mixed = sameKind(samples, samples.length)
  for (let sample = 0, from = 0; sample < samplesPerPixel; sample++) {
    for (let to = sample; to < mixed.length; to += samplesPerPixel) mixed[to] = samples[from++]!
  }
  return mixed
}

/** Two brightnesses, then the colour of both (PS3.3 C.7.6.3.1.2, YBR_FULL_422): three samples a pixel. */
export function upsampled422(samples: StoredSamples): StoredSamples {
  const full = sameKind(samples, (samples.length / 4) * 6)
  for (let from = 0, to = 0; from + 3 < samples.length; from += 4, to += 6) {
    const blue = samples[from + 2]!
    const red = samples[from + 3]!
    full[to] = samples[from]!
    full[to + 1] = blue
    full[to + 2] = red
    full[to + 3] = samples[from + 1]!
    full[to + 4] = blue
    full[to + 5] = red
  }
  return full
}
