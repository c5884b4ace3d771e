import { join } from 'node:path'
import { defineConfig } from '@playwright/test'

const root = join(__dirname, '../..')

/** One window at a time: each has engines that fill the processor. */
export default defineConfig({
  testDir: '.',
  outputDir: join(root, 'test-results'),
  workers: 1,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  use: { trace: 'retain-on-failure', screenshot: 'only-on-failure' },
})
