// npm run dicom-fuzz -- [COUNT [SEED]]: damages DICOM films and reads them; what is found goes to tests/fixtures/dicom/corpus.
import { runTool } from './run/children.mjs'
import { runEntry } from './setup/messages.mjs'
import { setUp } from './setup/setUp.mjs'

await runEntry(async () => {
  await setUp({ window: false })
  const [count = '20000', seed = '1'] = process.argv.slice(2)
  const env = { PNEUMOSCOPE_FUZZ: count, PNEUMOSCOPE_FUZZ_SEED: seed }
  return runTool('vitest', ['run', 'tests/integration/dicomFuzz.test.ts'], { env })
})
