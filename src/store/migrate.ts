/** Brings a library's database to the shape that this version of the program reads. */
import { z } from 'zod'
import { AppError } from '../shared/errors.ts'
import type { Database } from './database.ts'
import { library } from './migrations/0001-library.ts'
import { assessments } from './migrations/0002-assessments.ts'
import { runMarks } from './migrations/0003-run-marks.ts'
import { dicom } from './migrations/0004-dicom.ts'
import { readings } from './migrations/0005-readings.ts'
import { sweep } from './migrations/0006-sweep.ts'
import { sweeps } from './migrations/0007-sweeps.ts'
import { outside } from './migrations/0008-outside.ts'
import { audit } from './migrations/0009-audit.ts'
import { quality } from './migrations/0010-quality.ts'
import { dataSets } from './migrations/0011-data-sets.ts'
import { imports } from './migrations/0012-imports.ts'
import { shortcuts } from './migrations/0013-shortcuts.ts'
import { facets } from './migrations/0014-facets.ts'
import { decisions } from './migrations/0015-decisions.ts'
import { browser } from './migrations/0016-browser.ts'
import { checks } from './migrations/0017-checks.ts'

/** Number n of the list leads from version n to n + 1. Only ever added to. */
export const migrations: readonly string[] = [
  library,
  assessments,
  runMarks,
  dicom,
  readings,
  sweep,
  sweeps,
  outside,
  audit,
  quality,
  dataSets,
  imports,
  shortcuts,
  facets,
  decisions,
  browser,
  checks,
]

/** The version a database has; 0 for a new one. */
export function versionOf(database: Database): number {
  const row = database.prepare('PRAGMA user_version').get()
  return z.object({ user_version: z.int() }).parse(row).user_version
}

/**
 * Applies what is missing, all or nothing. Throws NEWER_VERSION, with nothing touched, for a
 * database that a later version of the program has changed.
 */
export function migrate(database: Database, steps: readonly string[] = migrations): void {
  refuseNewer(versionOf(database), steps.length)
  if (versionOf(database) === steps.length) return
  database.transaction(() => {
    // Asked again under the write lock: another opener may have done the work meanwhile.
    const from = versionOf(database)
    refuseNewer(from, steps.length)
    for (const step of steps.slice(from)) database.exec(step)
    database.exec(`PRAGMA user_version = ${steps.length}`)
  })
}

export function refuseNewer(version: number, known: number = migrations.length): void {
  if (version <= known) return
  throw new AppError(
    'NEWER_VERSION',
    `This library was last used by a newer version of Pneumoscope (library version ${version}; ` +
      `this program knows ${known}). Nothing was changed. Install the newer version, or choose ` +
      'another library with --library.',
  )
}
