/** Keras, for tests that hand a model to it. */
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

/** A Python with Keras: named, or the benchmark's own. */
export function kerasPython(): string | undefined {
  const named = process.env['PNEUMOSCOPE_KERAS_PYTHON']
  if (named !== undefined) return named
  const cache = join(homedir(), '.cache', 'pneumoscope')
  const found = existsSync(cache) ? readdirSync(cache).find((name) => name.startsWith('bench-keras')) : undefined // prettier-ignore
  const python = join(cache, found ?? '', 'bin', 'python')
  return found !== undefined && existsSync(python) ? python : undefined
}

export const withoutKeras =
  'Keras is not here: name a Python that has it in PNEUMOSCOPE_KERAS_PYTHON'

/** Runs the loader of an export for Keras: how many golden films it scored, and the largest difference. */
export function scoredInKeras(python: string, folder: string): { films: number; worst: number } {
  const ran = spawnSync(python, [join(folder, 'load_model.py')], {
    encoding: 'utf8',
    env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3', CUDA_VISIBLE_DEVICES: '' },
  })
  if (ran.status !== 0) throw new Error(ran.stderr)
  return JSON.parse(ran.stdout.trim().split('\n').at(-1)!) as { films: number; worst: number }
}
