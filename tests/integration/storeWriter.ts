/** A program that writes to a library until it is killed, and says what was acknowledged. Run by storeCrash.test.ts. */
import { writeSync } from 'node:fs'
import { openLibraryFolder } from '../../src/store/libraryFolder.ts'
import { openStore } from '../../src/store/store.ts'

const [, , root, round] = process.argv
const store = openStore(openLibraryFolder(root!), 'writer')
store.jobs.save({
  id: `job-${round!}`,
  kind: 'import',
  title: 'endless',
  state: { kind: 'running', detail: 'on' },
  createdAt: new Date().toISOString(),
})
writeSync(1, 'open\n')
for (let n = 0; ; n++) {
  const key = `${round!}-${n}`
  store.transaction(() => {
    store.settings.write(`${key}-a`, key)
    store.settings.write(`${key}-b`, key)
  })
  // Synchronous, so that a line stands for a commit that has returned.
  writeSync(1, `${key}\n`)
}
