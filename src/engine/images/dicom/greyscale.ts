/**
 * What makes greys of stored values, read from the file once for viewer and model alike:
 * stored value → Modality → VOI → polarity (PS3.3 C.11.1, C.11.2, C.7.6.3.1.2).
 */
import type { FilmDescription } from '../../../shared/domain/filmPixels.ts'
import type { DataSet } from './dataSet.ts'
import { entryOf } from './entryOf.ts'
import { type LookupTable, readLookupTable } from './lookupTables.ts'
import type { PixelModule } from './pixelModule.ts'

export type VoiSetting = FilmDescription['windows'][number]

export interface Greyscale {
  readonly modality:
    | { readonly kind: 'linear'; readonly slope: number; readonly intercept: number }
    | { readonly kind: 'table'; readonly table: LookupTable }
  readonly unit: string | undefined
  /** In the file's order, tables before windows; may be empty. */
  readonly windows: readonly VoiSetting[]
  readonly inverted: boolean
  /** Stored values that are no part of the film. */
  readonly padding: { readonly from: number; readonly to: number } | undefined
}

const at = {
  paddingValue: 0x0028_0120,
  paddingLimit: 0x0028_0121,
  centre: 0x0028_1050,
  width: 0x0028_1051,
  intercept: 0x0028_1052,
  slope: 0x0028_1053,
  rescaleType: 0x0028_1054,
  windowExplanation: 0x0028_1055,
  voiFunction: 0x0028_1056,
  modalityTables: 0x0028_3000,
  modalityType: 0x0028_3004,
  voiTables: 0x0028_3010,
  presentationShape: 0x2050_0020,
  pixelValueTransformation: 0x0028_9145,
  frameVoi: 0x0028_9132,
} as const

/** Of one frame; `groups` finds what multi-frame files say of it. Throws DAMAGED for a broken table. */
export function readGreyscale(
  dataSet: DataSet,
  module: PixelModule,
  groups: (macro: number) => DataSet,
): Greyscale {
  const { modality, unit } = readModality(groups(at.pixelValueTransformation), module)
  const voi = groups(at.frameVoi)
  const mayBeNegative =
    modality.kind === 'table'
      ? false
      : module.signed || modality.intercept < 0 || modality.slope < 0
  return {
    ...{ modality, unit },
    windows: [...readTables(voi, mayBeNegative), ...readWindows(voi)],
    inverted: isInverted(module, dataSet.ascii(at.presentationShape)),
    padding: readPadding(dataSet, module),
  }
}

function readModality(dataSet: DataSet, { signed }: PixelModule) {
  const [item] = dataSet.items(at.modalityTables)
  if (item) {
    const table = readLookupTable(item, signed)
    return { modality: { kind: 'table', table } as const, unit: item.ascii(at.modalityType) }
  }
  const slope = dataSet.decimalsIfAny(at.slope)?.[0] ?? 1
  const intercept = dataSet.decimalsIfAny(at.intercept)?.[0] ?? 0
  const modality = { kind: 'linear', slope: slope === 0 ? 1 : slope, intercept } as const
  return { modality, unit: dataSet.ascii(at.rescaleType) }
}

const readTables = (dataSet: DataSet, signed: boolean): VoiSetting[] =>
  dataSet.items(at.voiTables).map((item) => {
    const { label, first, bits, entries } = readLookupTable(item, signed)
    return { kind: 'table', label, first, bits, entries: Array.from(entries) }
  })

const shapes: Readonly<Record<string, 'linear' | 'linear-exact' | 'sigmoid'>> = {
  LINEAR_EXACT: 'linear-exact',
  SIGMOID: 'sigmoid',
}

/** Windows that are no numbers, or whose width cannot be, are left out, as if they were not there. */
function readWindows(dataSet: DataSet): VoiSetting[] {
  const centres = dataSet.decimalPlaces(at.centre)
  const widths = dataSet.decimalPlaces(at.width)
  const labels = dataSet.text(at.windowExplanation)?.split('\\') ?? []
  const shape = entryOf(shapes, dataSet.ascii(at.voiFunction) ?? '') ?? 'linear'
  return centres.flatMap((centre, place): VoiSetting[] => {
    const width = widths[place]
    if (
      centre === undefined ||
      width === undefined ||
      width <= 0 ||
      (shape === 'linear' && width < 1)
    )
      return []
    return [{ kind: 'window', label: labels[place]?.trim() ?? '', centre, width, shape }]
  })
}

/**
 * MONOCHROME1 and the Presentation LUT Shape INVERSE say the same of an image, and the DX module (PS3.3 C.8.11.3)
 * demands both together: one inversion, not two.
 */
const isInverted = ({ photometric }: PixelModule, shape: string | undefined): boolean =>
  photometric === 'MONOCHROME1' || shape === 'INVERSE'

function readPadding(dataSet: DataSet, { signed, kind }: PixelModule): Greyscale['padding'] {
  if (kind !== 'integer') return undefined
  const read = (tag: number) => {
    const value = dataSet.number(tag, signed ? 'SS' : 'US')
    return value !== undefined && signed && value > 32_767 ? value - 65_536 : value
  }
  const value = read(at.paddingValue)
  if (value === undefined) return undefined
  const limit = read(at.paddingLimit) ?? value
  return { from: Math.min(value, limit), to: Math.max(value, limit) }
}

/** Multi-frame files keep what differs by frame in functional groups (PS3.3 C.7.6.16), the rest in shared ones. */
export function functionalGroups(dataSet: DataSet, frame: number): (macro: number) => DataSet {
  const perFrame = dataSet.items(0x5200_9230)[frame]
  const [shared] = dataSet.items(0x5200_9229)
  return (macro) => perFrame?.items(macro)[0] ?? shared?.items(macro)[0] ?? dataSet
}
