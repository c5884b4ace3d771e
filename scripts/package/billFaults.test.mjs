import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { billOfMaterials } from '../program/sbom.mjs'
import { billFaults, billFile } from './billFaults.mjs'
import { binariesIn } from './binaries.mjs'

const packages = 'resources/app.asar.unpacked/node_modules'
const addon = `${packages}/@tensorflow/tfjs-node-gpu`
const program = { name: 'pneumoscope', version: '1', description: 'A program', license: 'Apache-2.0' } // prettier-ignore
const part = (name, version, more = {}) => ({ name, version, licence: 'MIT', purl: `pkg:npm/${name}@${version}`, kind: 'npm', texts: [], ...more }) // prettier-ignore
const parts = [
  part('Electron', '22', { purl: 'pkg:github/electron/electron@v22', kind: 'program' }),
  part('@tensorflow/tfjs-node-gpu', '4'),
  part('codec', '2'),
  part('zod', '3'),
]

let folder = ''
const put = (path, content) => {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), content)
}
const elf = (word) => `\x7fELF ${word}`
const writeBill = async (list = parts) =>
  put(billFile, JSON.stringify(billOfMaterials(program, list, await binariesIn(folder))))

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pneumoscope-bill-'))
  put('pneumoscope-window', elf('window'))
  put('libffmpeg.so', elf('ffmpeg'))
  put('resources.pak', 'no program')
  put(`${addon}/package.json`, '{"name":"@tensorflow/tfjs-node-gpu","version":"4"}')
  put(`${addon}/kernels/pneumoscope_kernels.node`, elf('kernels'))
  put(`${packages}/codec/package.json`, '{"name":"codec","version":"2"}')
  put(`${packages}/codec/dist/package.json`, '{"type":"commonjs"}')
  put(`${packages}/codec/dist/codec.wasm`, '\0asm codec')
  await writeBill()
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('a bill that names what is inside, packages and libraries and programs, has no fault', async () => {
  expect(await billFaults(folder)).toEqual([])
  const found = await binariesIn(folder)
  expect(found.map(({ path, part: of }) => [path, of])).toEqual([
    ['libffmpeg.so', 'Electron'],
    ['pneumoscope-window', 'Electron'],
    [`${addon}/kernels/pneumoscope_kernels.node`, 'ours'],
    [`${packages}/codec/dist/codec.wasm`, 'codec 2'],
  ])
})

test('a library that came in after the bill was written is found, and one that was exchanged', async () => {
  put('libnew.so', elf('new'))
  put('libffmpeg.so', elf('another'))
  expect(await billFaults(folder)).toEqual(['libffmpeg.so is another than named', 'libnew.so is not named']) // prettier-ignore
})

test('a package within a package that nobody named is found, and one of another version', async () => {
  put(`${packages}/codec/node_modules/inner/package.json`, '{"name":"inner","version":"1"}')
  put(`${packages}/codec/package.json`, '{"name":"codec","version":"2.1"}')
  expect((await billFaults(folder)).slice(0, 3).sort()).toEqual([
    'codec 2 is named and not inside',
    'codec 2.1 is inside and not named',
    'inner 1 is inside and not named',
  ])
})

test('what is named and not there is found, unless the build took it in', async () => {
  rmSync(join(folder, 'libffmpeg.so'))
  expect(await billFaults(folder)).toEqual(['libffmpeg.so is named and not inside'])
  await writeBill([...parts, part('acorn', '8')])
  expect(await billFaults(folder)).toEqual(['acorn 8 is named and not inside'])
})

test('the bill of a library whose part is named by nobody is not right', async () => {
  await writeBill(parts.slice(1))
  expect(await billFaults(folder)).toEqual(['libffmpeg.so is not named', 'pneumoscope-window is not named']) // prettier-ignore
})
