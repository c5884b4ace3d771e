/** The VOI functions of PS3.3 C.11.2 as shares from 0 (black) to 1 (white). */
import type { VoiSetting } from './greyscale.ts'

export function voiFunction(setting: VoiSetting): (real: number) => number {
  if (setting.kind === 'table') {
    const { first, entries, bits } = setting
    const last = entries.length - 1
    const most = 2 ** bits - 1
    return (real) => entries[Math.min(Math.max(Math.round(real) - first, 0), last)]! / most
  }
  const { centre, width, shape } = setting
  switch (shape) {
    case 'linear': {
      const middle = centre - 0.5
      const reach = width - 1
      return (real) =>
        real <= middle - reach / 2
          ? 0
          : real > middle + reach / 2
            ? 1
            : (real - middle) / reach + 0.5
    }
    case 'linear-exact':
      return (real) =>
        real <= centre - width / 2
          ? 0
          : real > centre + width / 2
            ? 1
            : (real - centre) / width + 0.5
    case 'sigmoid':
      return (real) => 1 / (1 + Math.exp((-4 * (real - centre)) / width))
  }
}
