import type { ModelFormat, ReportFormat } from '../../../shared/domain/exchange.ts'
import type { LibraryModel } from '../../../shared/contracts/appAreas/models.ts'
import type { Api } from '../../api.ts'

/** The models of the library and the one shown. */
export class ModelShelf {
  #models = $state.raw<readonly LibraryModel[] | undefined>(undefined)
  #selectedId = $state.raw<string | undefined>(undefined)

  /** Undefined until the library has answered. */
  readonly models = $derived(this.#models)
  /** What was chosen, or else Review's model, or else the first one. */
  readonly selected = $derived(
    this.#models?.find(({ id }) => id === this.#selectedId) ??
      this.#models?.find(({ isDefault }) => isDefault) ??
      this.#models?.[0],
  )

  constructor(
    private readonly api: Pick<
      Api,
      | 'listModels'
      | 'setDefaultModel'
      | 'renameModel'
      | 'deleteModel'
      | 'exportModel'
      | 'exportModelReport'
      | 'importModel'
    >,
  ) {}

  async open(wanted?: string) {
    this.#selectedId = wanted
    await this.#reload()
  }

  async #reload() {
    this.#models = await this.api.listModels()
  }

  select(modelId: string) {
    this.#selectedId = modelId
  }

  async useForReview(modelId: string) {
    this.#selectedId = modelId
    await this.api.setDefaultModel({ modelId })
    await this.#reload()
  }

  async rename(modelId: string, name: string) {
    await this.api.renameModel({ modelId, name })
    await this.#reload()
  }

  async remove(modelId: string) {
    await this.api.deleteModel({ modelId })
    await this.#reload()
  }

  /** Whether a package was written; false when the person closed the dialog. */
  async export(modelId: string, format: ModelFormat | `report-${ReportFormat}`): Promise<boolean> {
    if (format === 'report-html') return this.api.exportModelReport({ modelId, format: 'html' })
    if (format === 'report-pdf') return this.api.exportModelReport({ modelId, format: 'pdf' })
    return this.api.exportModel({ modelId, format })
  }

  /** Shows the package that was read; false when the person closed the dialog. */
  async import(kind: 'folder' | 'zip'): Promise<boolean> {
    const imported = await this.api.importModel({ kind })
    if (!imported) return false
    this.#selectedId = imported.modelId
    await this.#reload()
    return true
  }
}
