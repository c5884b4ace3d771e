import type { ModelSpecInput } from '../../../shared/domain/modelSpec.ts'
import type { TrainingSettingsInput } from '../../../shared/domain/training.ts'

/** A recipe as it is written down: what has a default may be left out. */
export interface Preset {
  readonly name: string
  readonly title: string
  readonly source: string
  readonly description: string
  readonly spec: ModelSpecInput
  readonly settings: TrainingSettingsInput
  readonly published: string
}
