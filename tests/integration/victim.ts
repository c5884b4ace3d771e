/** Works until it is killed, and says on standard output what it has done. Run by kills.test.ts and importCrash.test.ts. */
import { readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { localClient } from '../../src/cli/localEngine.ts'
import { zipPackage } from '../../src/engine/exchange/packageZip.ts'
import { engineHandlers } from '../../src/engine/handlers.ts'
import { savePackage } from '../../src/engine/models/package.ts'
import { tinyCard, tinyGolden, tinyWeights } from '../../src/engine/models/testing/tinyPackage.ts'
import { train } from '../../src/engine/train/train.ts'
import { engineContract } from '../../src/shared/contracts/engine.ts'
import { TrainingPlan } from '../../src/shared/domain/training.ts'
import { openLibraryFolder } from '../../src/store/libraryFolder.ts'
import { openStore } from '../../src/store/store.ts'
import { importFolder } from '../../src/workflows/importFolder.ts'

const say = (words: string) => writeSync(1, `${words}\n`)
const [, , work, place = '', from = ''] = process.argv

const works: Readonly<Record<string, () => Promise<void>>> = {
  /** Writes packages of many names into `place`, one over the other, and the one in `from` as a zip. */
  async export() {
    for (let n = 0; ; n++) {
      const card = { ...tinyCard, name: `model ${n}` }
      await savePackage(join(place, 'model'), card, tinyWeights, { golden: tinyGolden })
      await zipPackage(from, join(place, 'model.zip'))
      say(`written ${n}`)
    }
  },
  /** Brings the library in `place` up to date. */
  migrate() {
    say('begun')
    openStore(openLibraryFolder(place), 'victim').close()
    say('done')
    return Promise.resolve()
  },
  /** Imports the folder `from` into the library in `place`; a line for each batch that is in, then what came of it. */
  async import() {
    const store = openStore(openLibraryFolder(place), 'victim')
    const { dataset, resumedFrom } = await importFolder(
      { store, engine: localClient(engineContract, engineHandlers()) },
      { paths: [from], name: 'Killed' },
      {
        signal: new AbortController().signal,
        report: (progress) => {
          if (progress.kind === 'reading') say(`read ${progress.done}`)
        },
      },
    )
    store.close()
    say(JSON.stringify({ images: dataset.images, resumedFrom }))
  },
  /** Trains the plan in the file `place`. */
  async train() {
    const plan = TrainingPlan.parse(JSON.parse(readFileSync(place, 'utf8')))
    say('begun')
    await train(plan, { signal: new AbortController().signal, report: () => undefined })
    say('done')
  },
}

void works[work!]!().then(() => process.exit(0))
