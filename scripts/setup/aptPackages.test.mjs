import { expect, test } from 'vitest'
import { missingLibraries, packagesFor } from './aptPackages.mjs'

const ldd = `
\tlinux-vdso.so.1 (0x00007ffd5b5f2000)
\tlibgtk-3.so.0 => not found
\tlibnss3.so => not found
\tlibnssutil3.so => not found
\tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f3c4a000000)
\tlibnss3.so => not found`

test('ldd tells each missing library, named once', () => {
  expect(missingLibraries(ldd)).toEqual(['libgtk-3.so.0', 'libnss3.so', 'libnssutil3.so'])
})

test('libraries of one package ask for it once', () => {
  expect(packagesFor(missingLibraries(ldd), () => false)).toEqual(['libgtk-3-0', 'libnss3'])
})

test('a release that renamed its packages is asked by their new names', () => {
  const isKnown = (name) => name === 'libasound2t64'
  expect(packagesFor(['libasound.so.2', 'libgbm.so.1'], isKnown)).toEqual([
    'libasound2t64',
    'libgbm1',
  ])
})

test('a library that we do not know brings no package', () => {
  expect(packagesFor(['libmystery.so.7'], () => true)).toEqual([])
})
