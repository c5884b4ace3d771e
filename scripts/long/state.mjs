import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root } from '../setup/paths.mjs'

const file = join(root, '.cache', 'long', 'results.json')

/** The results so far, in the order of their ends. */
export function readState() {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return []
  }
}

/** Whole or not at all: it may be stopped at any time. */
export function writeState(results) {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(`${file}.new`, JSON.stringify(results, undefined, 2))
  renameSync(`${file}.new`, file)
}

export const startAnew = () => rmSync(file, { force: true })
