import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../setup/paths.mjs'
import { packageOf, shippedModules } from './shippedModules.mjs'

const { files, packages } = shippedModules()

test('what the program loads is shipped: libraries, addons, codecs and their code', () => {
  const wanted = [
    '@cornerstonejs/codec-charls/dist/charlswasm_decode.wasm',
    '@cornerstonejs/codec-openjph/dist/openjphjs.wasm',
    '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm',
    '@tensorflow/tfjs-node-gpu/dist/index.js',
    'dcmjs-codecs/build/dcmjs-native-codecs.wasm',
  ]
  for (const path of wanted) expect(files).toContain(join('node_modules', path))
  expect(files.some((path) => path.endsWith('tfjs_binding.node'))).toBe(true)
  expect(files.filter((path) => !existsSync(join(root, path)))).toEqual([])
})

test('what is for building, for browsers or for debuggers stays behind', () => {
  const needless = /\.(map|d\.ts|cc|h)$|_test\.js$|\.es2017\.js$|\/@types\//
  expect(files.filter((path) => needless.test(path))).toEqual([])
})

test('each file belongs to a package that is named, which says what it is', () => {
  for (const path of files) expect(packages).toContain(packageOf(join('/', path)).slice(1))
  for (const name of packages) expect(files).toContain(join(name, 'package.json'))
})
