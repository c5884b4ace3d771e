import type { ModelFormat, ReportFormat } from '../../../shared/domain/exchange.ts'

export type ExportFormat = ModelFormat | `report-${ReportFormat}`

/** In the order of the list. */
export const exportFormats: readonly { readonly value: ExportFormat; readonly label: string }[] = [
  { value: 'package', label: 'Package, folder' },
  { value: 'zip', label: 'Package, zip' },
  { value: 'tfjs', label: 'TensorFlow.js layers' },
  { value: 'keras', label: 'Keras weights' },
  { value: 'report-html', label: 'Report, HTML' },
  { value: 'report-pdf', label: 'Report, PDF' },
]
