// npm run dicom-conformance: reads the DICOM files of ../shared/dicom and writes docs/dicom-conformance.md.
import { runTool } from './run/children.mjs'
import { runEntry } from './setup/messages.mjs'
import { setUp } from './setup/setUp.mjs'

await runEntry(async () => {
  await setUp({ window: false })
  const test = 'tests/integration/dicomConformance.test.ts'
  const env = { PNEUMOSCOPE_WRITE_CONFORMANCE: '1' }
  const status = await runTool('vitest', ['run', test], { env })
  return status === 0 ? runTool('prettier', ['--write', 'docs/dicom-conformance.md']) : status
})
