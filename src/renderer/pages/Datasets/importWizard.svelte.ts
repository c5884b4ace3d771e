import type { Source } from '../../../shared/contracts/appAreas/program.ts'
import type { TableChoice } from '../../../shared/contracts/appAreas/datasets.ts'
import type { ImportPreview } from '../../../shared/domain/dataset.ts'
import type { ColumnRole } from '../../../shared/domain/labelTable.ts'
import type { TableEncoding } from '../../../shared/domain/tableEncoding.ts'
import { isCancelled } from '../../../shared/errors.ts'
import type { Api } from '../../api.ts'
import { withRole } from './columnRoles.ts'

export type WizardStep =
  | { readonly kind: 'closed' }
  | {
      readonly kind: 'surveying'
      readonly label: string
      readonly filesSeen: number
      readonly unpacking: boolean
    }
  | {
      readonly kind: 'preview'
      readonly label: string
      readonly preview: ImportPreview
      /** It is being understood anew, with other labels. */
      readonly busy: boolean
    }

/** From a chosen folder to a started import; nothing is written before the last step. */
export class ImportWizard {
  name = $state('')
  #step = $state.raw<WizardStep>({ kind: 'closed' })
  #survey: AbortController | undefined
  #source: Source | undefined
  #table: TableChoice | undefined
  readonly step = $derived(this.#step)

  constructor(private readonly api: Pick<Api, 'chooseSource' | 'previewImport' | 'startImport'>) {}

  async choose(kind: 'folder' | 'archive' = 'folder') {
    const source = await this.api.chooseSource({ kind })
    if (source) await this.survey(source)
  }

  /** Reads the folder's names and shows how they were understood. */
  async survey(source: Source) {
    this.#source = source
    this.#table = undefined
    this.name = ''
    await this.#preview()
  }

  /** Asks for a table anywhere. */
  async chooseTable() {
    const source = await this.api.chooseSource({ kind: 'table' })
    if (source) await this.useTable({ source: source.token })
  }

  /** Has films named and labelled by a table; without one, by their folders. */
  async useTable(table: TableChoice | undefined) {
    await this.#preview(table)
  }

  /** Says how the table is encoded. In other letters it is another table, so its columns and labels are guessed anew. */
  async setEncoding(encoding: TableEncoding) {
    if (!this.#labels()) return
    await this.#preview({ ...placeOf(this.#table!), encoding })
  }

  /** Says what a column means. */
  async setRole(column: number, role: ColumnRole) {
    const reading = this.#labels()
    if (!reading) return
    const roles = withRole(
      reading.columns.map((each) => each.role),
      column,
      role,
    )
    // Labels of another column are other labels.
    await this.#preview({ ...placeOf(this.#table!), roles })
  }

  /** Says whether a label is a class; rows with another are refused. */
  async setTaken(name: string, taken: boolean) {
    const reading = this.#labels()
    if (!reading) return
    const classes = reading.labels
      .filter((label) => (label.name === name ? taken : label.taken))
      .map((label) => label.name)
    await this.#preview({
      ...this.#table!,
      roles: reading.columns.map(({ role }) => role),
      classes,
    })
  }

  /** Starts the import as a job and closes; undefined when there is nothing to import. */
  async start(): Promise<string | undefined> {
    if (this.#step.kind !== 'preview' || this.#step.busy) return undefined
    const { previewId } = this.#step.preview
    const { jobId } = await this.api.startImport({ previewId, name: this.name.trim() })
    this.#step = { kind: 'closed' }
    return jobId
  }

  close() {
    this.#survey?.abort()
    this.#step = { kind: 'closed' }
  }

  #labels() {
    return this.#step.kind === 'preview' && !this.#step.busy ? this.#step.preview.labels : undefined
  }

  /** What was shown before stays until the new preview is there, and for good when that cannot be made. */
  async #preview(table?: TableChoice) {
    const source = this.#source
    if (!source) return
    this.#survey?.abort()
    const survey = new AbortController()
    this.#survey = survey
    const { token, label } = source
    const before = this.#step.kind === 'preview' && table !== undefined ? this.#step : undefined
    this.#step = before
      ? { ...before, busy: true }
      : { kind: 'surveying', label, filesSeen: 0, unpacking: false }
    try {
      const preview = await this.api.previewImport(
        { source: token, ...(table && { table }) },
        {
          signal: survey.signal,
          onProgress: ({ filesSeen, unpacking = false }) => {
            if (!survey.signal.aborted && !before) {
              this.#step = { kind: 'surveying', label, filesSeen, unpacking }
            }
          },
        },
      )
      if (survey.signal.aborted) return
      this.#table = table
      if (this.name === '') this.name = preview.suggestedName
      this.#step = { kind: 'preview', label, preview, busy: false }
    } catch (cause) {
      if (this.#survey === survey && !survey.signal.aborted)
        this.#step = before ?? { kind: 'closed' }
      if (!isCancelled(cause)) throw cause
    }
  }
}

/** Which table it is, and in which letters. */
const placeOf = ({ source, name, encoding }: TableChoice): TableChoice => ({
  ...(source !== undefined && { source }),
  ...(name !== undefined && { name }),
  ...(encoding !== undefined && { encoding }),
})
