import { fileURLToPath } from 'node:url'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'electron-vite'
import { checkoutPages } from './help/plugin.ts'
import { namedParts } from './scripts/program/bundledParts.mjs'

const source = (path: string) => fileURLToPath(new URL(`src/${path}`, import.meta.url))

/** Both Electrons run this build: the floor is Electron 22, which has Node 16.17 and Chromium 108. */
export default defineConfig({
  main: {
    build: {
      target: 'node16.17',
      externalizeDeps: { exclude: ['zod'] },
      rolldownOptions: {
        input: {
          index: source('main/index.ts'),
          engine: source('engine/index.ts'),
          cli: source('cli/index.ts'),
          decoder: source('engine/images/dicom/codecs/worker.ts'),
        },
        output: { format: 'cjs', entryFileNames: '[name].js' },
      },
    },
    plugins: [namedParts({ isWhole: false })],
  },
  preload: {
    build: {
      target: 'node16.17',
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: source('preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].js' },
      },
    },
    plugins: [namedParts({ isWhole: false })],
  },
  renderer: {
    root: 'src/renderer',
    build: {
      target: 'chrome108',
      // Inline data: URLs would need img-src and font-src data: in the content security policy.
      assetsInlineLimit: 0,
      rolldownOptions: { input: source('renderer/index.html') },
    },
    plugins: [svelte(), checkoutPages(), namedParts({ isWhole: true })],
  },
})
