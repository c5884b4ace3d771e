import type {
  PatientPreview,
  PatientRule,
  SplitPlan,
  SplitPreview,
  SplitReport,
} from '../../../../shared/domain/split.ts'
import type { Api } from '../../../api.ts'

type DoctorApi = Pick<
  Api,
  | 'patientRules'
  | 'previewPatients'
  | 'applyPatients'
  | 'examineSplit'
  | 'previewSplit'
  | 'applySplit'
  | 'mendSplit'
>

/** One data set's split: what it is like, the patients it goes by, and a plan for another. */
export class SplitDoctor {
  plan = $state<SplitPlan>({ by: 'patient', validation: 0.15, test: 0.15, seed: 1 })
  #report = $state.raw<SplitReport | undefined>(undefined)
  #rules = $state.raw<readonly PatientRule[]>([])
  #patients = $state.raw<PatientPreview | undefined>(undefined)
  #preview = $state.raw<SplitPreview | undefined>(undefined)
  #asked = 0

  /** Undefined until it was looked through. */
  readonly report = $derived(this.#report)
  readonly rules = $derived(this.#rules)
  /** What the rules as they are written would make of the data set. */
  readonly patients = $derived(this.#patients)
  readonly preview = $derived(this.#preview)

  constructor(
    private readonly api: DoctorApi,
    readonly datasetId: string,
  ) {}

  async open() {
    const { datasetId } = this
    const [report, rules] = await Promise.all([
      this.api.examineSplit({ datasetId }),
      this.api.patientRules({ datasetId }),
    ])
    this.#report = report
    await this.setRules(rules)
  }

  /** Shows what the rules would do; nothing is changed. An answer to older rules is dropped. */
  async setRules(rules: readonly PatientRule[]) {
    const asked = ++this.#asked
    this.#rules = rules
    const found = await this.api.previewPatients({ datasetId: this.datasetId, rules: [...rules] })
    if (asked === this.#asked) this.#patients = found
  }

  async applyRules(): Promise<number> {
    const { datasetId } = this
    const { changed } = await this.api.applyPatients({ datasetId, rules: [...this.#rules] })
    await this.#again()
    await this.setRules(this.#rules)
    return changed
  }

  async tryPlan() {
    const { datasetId } = this
    this.#preview = await this.api.previewSplit({ datasetId, plan: { ...this.plan } })
  }

  async applyPlan(): Promise<number> {
    const { datasetId } = this
    const { changed } = await this.api.applySplit({ datasetId, plan: { ...this.plan } })
    await this.#again()
    return changed
  }

  async mend(): Promise<number> {
    const { changed } = await this.api.mendSplit({ datasetId: this.datasetId })
    await this.#again()
    return changed
  }

  async #again() {
    this.#preview = undefined
    this.#report = await this.api.examineSplit({ datasetId: this.datasetId })
  }
}
