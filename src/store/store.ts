/** The library, opened: its folder and one part a table. */
import { auditStore } from './audit.ts'
import { assessmentStore } from './assessment.ts'
import { openDatabase, useSafely } from './database.ts'
import { datasetStore } from './dataset.ts'
import { imageStore } from './image.ts'
import { jobStore } from './job.ts'
import { editStore } from './edit.ts'
import { filmMarksStore } from './filmMarks.ts'
import { filmQualityStore } from './filmQuality.ts'
import type { LibraryFolder } from './libraryFolder.ts'
import { migrate, refuseNewer, versionOf } from './migrate.ts'
import { modelStore } from './model.ts'
import { newId } from './newId.ts'
import { predictionStore } from './prediction.ts'
import { qualityStore } from './quality.ts'
import { qualityCheckStore } from './qualityCheck.ts'
import { qualityDecisionStore } from './qualityDecision.ts'
import { refusalStore } from './refusal.ts'
import { reviewStore } from './review.ts'
import { runStore } from './run.ts'
import { openSession } from './session.ts'
import { shortcutStore } from './shortcut.ts'
import { savedViewStore } from './savedView.ts'
import { settingStore } from './setting.ts'
import { sweepStore } from './sweep.ts'
import { testLookStore } from './testLook.ts'
import { versionStore } from './version.ts'

export type Store = ReturnType<typeof openStore>

/**
 * Opens the library's database, brings it up to date and marks what a program that died left
 * unfinished. App and command line may have it open at once. `program` is for a person who looks.
 * Throws NEWER_VERSION, DAMAGED, NOT_PERMITTED.
 */
export function openStore(folder: LibraryFolder, program: string) {
  const database = openDatabase(folder.database)
  try {
    // Before anything is written, the journal mode included.
    refuseNewer(versionOf(database))
    useSafely(database)
    migrate(database)
    const sessionId = newId()
    const versions = versionStore(database)
    const leave = openSession(database, sessionId, program)
    const checks = qualityCheckStore(database, sessionId)
    checks.finish()
    return {
      folder,
      audit: auditStore(database),
      assessments: assessmentStore(database),
      shortcuts: shortcutStore(database),
      datasets: datasetStore(database, sessionId),
      edits: editStore(database, versions),
      images: imageStore(database),
      refusals: refusalStore(database),
      runs: runStore(database, sessionId),
      sweeps: sweepStore(database),
      testLooks: testLookStore(database),
      versions,
      models: modelStore(database),
      predictions: predictionStore(database),
      filmQuality: filmQualityStore(database),
      quality: qualityStore(database),
      checks,
      decisions: qualityDecisionStore(database),
      review: reviewStore(database),
      marks: filmMarksStore(database),
      jobs: jobStore(database, sessionId),
      settings: settingStore(database),
      views: savedViewStore(database),
      transaction: <T>(work: () => T): T => database.transaction(work),
      close() {
        leave()
        database.close()
      },
    }
  } catch (cause) {
    database.close()
    throw cause
  }
}
