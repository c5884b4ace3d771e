// npm run dicom-decode -- PYTHON: times the decoding of films in ../shared/dicom beside that Python's pydicom.
import { runTool } from './run/children.mjs'
import { runEntry } from './setup/messages.mjs'
import { setUp } from './setup/setUp.mjs'

await runEntry(async () => {
  await setUp({ window: false })
  const env = { PNEUMOSCOPE_DECODE_BESIDE: process.argv[2] ?? 'python3' }
  return runTool('vitest', ['run', 'bench/dicomDecode.test.ts'], { env })
})
