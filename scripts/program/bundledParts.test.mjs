import { expect, test } from 'vitest'
import { faultsOf, namedParts, packagesIn } from './bundledParts.mjs'
import { bundled } from './licences.mjs'

const bundle = {
  'index.js': {
    modules: {
      '/here/node_modules/svelte/src/index.js': { renderedLength: 10 },
      '/here/node_modules/svelte/node_modules/acorn/dist/acorn.js': { renderedLength: 0 },
      '/here/node_modules/.pnpm/x/node_modules/@floating-ui/dom/a.js': { renderedLength: 1 },
      '/here/node_modules/@fontsource-variable/inter/index.css': { renderedLength: 0 },
      '/here/src/main.ts': { renderedLength: 10 },
    },
  },
  'inter.woff2': {},
}

test('the packages in a bundle are those of which something is left', () => {
  expect(packagesIn(bundle)).toEqual(['@floating-ui/dom', '@fontsource-variable/inter', 'svelte'])
})

test('a package that is built in and not named, or named and not built in, is told', () => {
  expect(faultsOf(['a', 'b'], ['b', 'c'], true)).toEqual([
    'a is built in and nowhere named',
    'c is named and not built in',
  ])
  expect(faultsOf(['b'], ['b', 'c'], false)).toEqual([])
})

test('a build with a package that nobody named fails', () => {
  const build = (bundle, isWhole) => {
    const told = []
    namedParts({ isWhole }).generateBundle.call({ error: (text) => told.push(text) }, {}, bundle)
    return told
  }
  const of = (names) => ({ 'index.js': { modules: Object.fromEntries(names.map((name) => [`/here/node_modules/${name}/index.js`, { renderedLength: 1 }])) } }) // prettier-ignore
  expect(build(of(bundled), true)).toEqual([])
  expect(build(of(['zod']), false)).toEqual([])
  expect(build(of([...bundled, 'stranger']), true)[0]).toContain('stranger is built in')
  expect(build(of(['zod']), true)[0]).toContain('svelte is named and not built in')
})
