import type { BrowserWindow } from 'electron'
import type { BatchProgress } from '../shared/domain/training.ts'
import type { Library } from '../workflows/library.ts'
import type { AugmentedPictures } from './augmentedPictures.ts'
import type { Changes } from './changes.ts'
import type { Engines } from './engines.ts'
import type { Jobs } from './jobs.ts'
import type { Looks } from './looks.ts'
import type { OpenedFilms } from './openedFilms.ts'
import type { Sources } from './sources.ts'
import type { SweepQueue } from './sweepQueue.ts'
import type { ViewNotes } from './viewNotes.ts'

/** What the handlers of the window's calls work with. */
export interface Context {
  /** With the engine that answers at once. */
  readonly desk: Library
  /** With the engine for what is long. */
  readonly work: Library
  readonly engines: Engines
  readonly jobs: Jobs
  readonly sources: Sources
  readonly opened: OpenedFilms
  readonly augmented: AugmentedPictures
  readonly looks: Looks
  readonly views: ViewNotes
  /** Jobs and engine. */
  readonly statusChanges: Changes
  readonly runChanges: Changes
  /** Epochs, beginnings and ends of trainings that belong to a sweep. */
  readonly sweepChanges: Changes
  readonly sweeps: SweepQueue
  /** Of the run that trains now. */
  readonly live: Map<string, BatchProgress>
  /** For dialogs to belong to. */
  readonly window: () => BrowserWindow | undefined
}
