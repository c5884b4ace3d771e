/** Where a sweep keeps its plan and its trainings, so that it goes on after any end. */
import { createHash } from 'node:crypto'
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { writeFileAtomically } from '../../files/atomicWrite.ts'
import type { PlannedSweep, SweepRun } from '../../shared/domain/sweep.ts'
import type { LabelledFilm } from '../../shared/domain/training.ts'
import { AppError } from '../../shared/errors.ts'

const State = z.object({ format: z.literal('pneumoscope-sweep'), plan: z.string() })

/**
 * Makes the folder, or finds the same sweep in it. Throws CONFLICT when another sweep, or this one with other films,
 * lies there; NOT_PERMITTED and DISK_FULL as the system says.
 */
export async function openSweepFolder(
  folder: string,
  planned: PlannedSweep,
  films: readonly LabelledFilm[],
): Promise<void> {
  await mkdir(folder, { recursive: true })
  const file = join(folder, 'sweep.json')
  const plan = fingerprint(planned, films)
  const known = await readFile(file, 'utf8').catch(() => undefined)
  if (known === undefined) {
    const state: z.infer<typeof State> = { format: 'pneumoscope-sweep', plan }
    await writeFileAtomically(
      file,
      `${JSON.stringify({ ...state, sweep: planned }, undefined, 1)}\n`,
    )
    return
  }
  if (sameAs(known, plan)) return
  throw new AppError(
    'CONFLICT',
    `${folder} holds another sweep, or this one with other films: choose another folder, or remove that one`,
  )
}

function sameAs(text: string, plan: string): boolean {
  try {
    return State.parse(JSON.parse(text)).plan === plan
  } catch {
    return false
  }
}

/** SHA-256 of all that decides the numbers. */
function fingerprint(planned: PlannedSweep, films: readonly LabelledFilm[]): string {
  const placed = films.map(({ path, label, part }) => [path, label, part])
  const text = JSON.stringify([planned, placed.sort(byPath)])
  return createHash('sha256').update(text).digest('hex')
}

const byPath = ([a]: readonly unknown[], [b]: readonly unknown[]) => (String(a) < String(b) ? -1 : 1) // prettier-ignore

/** The folder of one training: `03-seed1-fold2`. */
export function runFolderOf(folder: string, number: number, { seed, fold }: SweepRun): string {
  const name = `${String(number).padStart(2, '0')}-seed${seed}`
  return join(folder, 'runs', fold === undefined ? name : `${name}-fold${fold}`)
}
