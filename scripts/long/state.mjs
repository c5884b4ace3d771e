import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { format, resolveConfig } from 'prettier'
import { root } from '../setup/paths.mjs'

/** Beside the report, so that a long run goes on on another machine, and each figure of the report can be looked up. */
const file = join(root, 'docs', 'reliability-report.json')

/** The results so far, in the order of their ends. */
export function readState() {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    if (error.code === 'ENOENT') return []
    throw error
  }
}

/** Whole or not at all: it may be stopped at any time. */
export async function writeState(results) {
  const config = await resolveConfig(file)
  writeFileSync(`${file}.new`, await format(JSON.stringify(results), { ...config, parser: 'json' }))
  renameSync(`${file}.new`, file)
}

export const startAnew = () => rmSync(file, { force: true })
