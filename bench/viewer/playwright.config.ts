import { join } from 'node:path'
import { defineConfig } from '@playwright/test'

/** Measurements, which are run by `npm run viewer-times` alone. */
export default defineConfig({
  testDir: '.',
  testMatch: '*.times.ts',
  outputDir: join(__dirname, '../../test-results'),
  workers: 1,
  timeout: 280_000,
  reporter: [['line']],
})
