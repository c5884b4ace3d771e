/** Whether letters may be burned into the pixels, which no table of attributes can take out. */
import type { DataSet } from '../dataSet.ts'
import { hasEmbeddedOverlay } from '../overlays.ts'
import type { PixelModule } from '../pixelModule.ts'

const at = { modality: 0x0008_0060, conversion: 0x0008_0064, burnedIn: 0x0028_0301 } as const
const secondaryCapture = /^1\.2\.840\.10008\.5\.1\.4\.1\.1\.7(\.|$)/
/** Screens, documents and photographs usually carry writing. */
const writingModalities = new Set(['SC', 'OT', 'DOC', 'US', 'XC', 'GM'])

/** Why a person has to look at the film before it is passed on; empty where the file says that nothing is burned in. */
export function reasonsToLook(dataSet: DataSet, sopClass: string, module: PixelModule): string[] {
  const said = dataSet.ascii(at.burnedIn)
  const modality = dataSet.ascii(at.modality) ?? ''
  const reasons = [
    said === 'YES' && 'the file says that letters are burned into the pixels',
    said !== 'YES' &&
      said !== 'NO' &&
      'the file does not say whether letters are burned into the pixels',
    (secondaryCapture.test(sopClass) || dataSet.has(at.conversion)) &&
      'it is a copy of a screen or of paper',
    writingModalities.has(modality) && `films of the modality ${modality} often carry writing`,
    hasEmbeddedOverlay(dataSet, module) && 'unused bits of its pixels hold a drawing',
  ]
  return reasons.filter((reason): reason is string => reason !== false)
}
