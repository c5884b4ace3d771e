import type { DeidentifyChoices } from '../../../shared/domain/deidentification.ts'
import type { WorklistItem } from '../../../shared/domain/review.ts'
import type { ScoreObjectKind } from '../../../shared/domain/scoreExport.ts'
import type { Api } from '../../api.ts'

type ExportApi = Pick<Api, 'startDeidentifying' | 'startScoreExport'>

export type ExportScope = 'film' | 'worklist'

/** What the reader wants written for others. */
export class DicomExport {
  open = $state(false)
  what = $state<'copies' | 'scores'>('copies')
  scope = $state<ExportScope>('film')
  dates = $state<DeidentifyChoices['dates']>('remove')
  keepCharacteristics = $state(false)
  report = $state(true)
  capture = $state(true)

  constructor(private readonly api: ExportApi) {}

  /** Of the films in reach those that are DICOM, and of a film of the worklist its id. */
  filmsOf(items: readonly WorklistItem[], selected: WorklistItem | undefined) {
    const inScope = this.scope === 'worklist' ? items : selected ? [selected] : []
    return { all: inScope.length, dicom: inScope.filter(({ dicom }) => dicom !== undefined) }
  }

  /** Whether it was started; not when the person closed the dialog that asks where to. */
  async start(films: readonly WorklistItem[]): Promise<boolean> {
    const imageIds = films.map(({ image }) => image.id)
    const kinds = [...(this.report ? ['sr'] : []), ...(this.capture ? ['sc'] : [])]
    const { dates, keepCharacteristics } = this
    const started =
      this.what === 'copies'
        ? await this.api.startDeidentifying({ imageIds, dates, keepCharacteristics })
        : await this.api.startScoreExport({ imageIds, kinds: kinds as ScoreObjectKind[] })
    if (started) this.open = false
    return started !== null
  }
}
