import type { Source } from '../../../shared/contracts/app.ts'
import type { ImportPreview } from '../../../shared/domain/dataset.ts'
import { isCancelled } from '../../../shared/errors.ts'
import type { Api } from '../../api.ts'

export type WizardStep =
  | { readonly kind: 'closed' }
  | { readonly kind: 'surveying'; readonly label: string; readonly filesSeen: number }
  | { readonly kind: 'preview'; readonly label: string; readonly preview: ImportPreview }

/** From a chosen folder to a started import; nothing is written before the last step. */
export class ImportWizard {
  name = $state('')
  #step = $state.raw<WizardStep>({ kind: 'closed' })
  #survey: AbortController | undefined
  readonly step = $derived(this.#step)

  constructor(private readonly api: Pick<Api, 'chooseSource' | 'previewImport' | 'startImport'>) {}

  async choose() {
    const source = await this.api.chooseSource({ kind: 'folder' })
    if (source) await this.survey(source)
  }

  /** Reads the folder's names and shows how they were understood. */
  async survey({ token, label }: Source) {
    this.#survey?.abort()
    const survey = new AbortController()
    this.#survey = survey
    this.#step = { kind: 'surveying', label, filesSeen: 0 }
    try {
      const preview = await this.api.previewImport(
        { source: token },
        {
          signal: survey.signal,
          onProgress: ({ filesSeen }) => {
            if (!survey.signal.aborted) this.#step = { kind: 'surveying', label, filesSeen }
          },
        },
      )
      if (survey.signal.aborted) return
      this.name = preview.suggestedName
      this.#step = { kind: 'preview', label, preview }
    } catch (cause) {
      if (this.#survey === survey) this.#step = { kind: 'closed' }
      if (!isCancelled(cause)) throw cause
    }
  }

  /** Starts the import as a job and closes; undefined when there is nothing to import. */
  async start(): Promise<string | undefined> {
    if (this.#step.kind !== 'preview') return undefined
    const { previewId } = this.#step.preview
    const { jobId } = await this.api.startImport({ previewId, name: this.name.trim() })
    this.#step = { kind: 'closed' }
    return jobId
  }

  close() {
    this.#survey?.abort()
    this.#step = { kind: 'closed' }
  }
}
