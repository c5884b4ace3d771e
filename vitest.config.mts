import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  plugins: [svelte()],
  test: {
    include: [
      'src/**/*.test.ts',
      'tests/integration/**/*.test.ts',
      'scripts/**/*.test.mjs',
      'bench/**/*.test.ts',
      'bundled-model/**/*.test.ts',
      'help/**/*.test.ts',
    ],
    // The TensorFlow addon cannot be loaded twice into one process, so each file has its own.
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    globalSetup: ['tests/setup/exits.ts', 'tests/setup/programs.ts'],
  },
})
