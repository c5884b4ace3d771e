import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root } from '../setup/paths.mjs'

/** Not among the results of tests, which Playwright clears away. */
const file = join(root, '.cache', 'guards.json')

/** By the guard's id: the titles of tests that failed without it, and how it was switched off then. */
export function readSeen() {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return {}
  }
}

export function writeSeen({ id, changes }, { failed, why }) {
  const seen = { ...readSeen(), [id]: { failed, changes, why } }
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `${JSON.stringify(seen, undefined, 1)}\n`)
}

/** Rows of Markdown, in the order of the list. A guard that was changed since it was seen counts as not seen. */
export function tableOf(guards, seen) {
  const rows = guards.map(({ id, guard, changes, test }) => {
    const found = seen[id]
    const isSeen = found !== undefined && JSON.stringify(found.changes) === JSON.stringify(changes)
    const [first] = isSeen ? found.failed : []
    const more = isSeen && found.failed.length > 1 ? `, and ${found.failed.length - 1} more` : ''
    const where = [...new Set(changes.map(([path]) => `\`${path}\``))].join(', ')
    const words = first === undefined ? '**not seen to fail**' : `«${first.replaceAll('|', '\\|')}»${more}` // prettier-ignore
    return `| ${id} | ${guard} | ${where} | \`${test}\`: ${words} |`
  })
  const head = '| Guard | What it is | Switched off in | The test that fails without it |\n| --- | --- | --- | --- |' // prettier-ignore
  return `${head}\n${rows.join('\n')}\n`
}
