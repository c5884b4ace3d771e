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
  // A trace records every step of every test: `npm run e2e -- --trace retain-on-failure` where one is wanted.
  use: { screenshot: 'only-on-failure' },
})
