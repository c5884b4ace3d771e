import { existsSync, readFileSync, readdirSync, realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative, sep } from 'node:path'
import { nodeModules, root } from '../setup/paths.mjs'

/** What the built program asks for by name at run time; everything else follows from the code of these. */
const entrances = [
  '@cornerstonejs/codec-charls/decodewasmjs',
  '@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs',
  '@cornerstonejs/codec-openjpeg/decodewasmjs',
  '@cornerstonejs/codec-openjph',
  '@napi-rs/image',
  '@tensorflow/tfjs-backend-wasm',
  '@tensorflow/tfjs-core',
  '@tensorflow/tfjs-node-gpu',
  'dcmjs',
  'dicom-parser',
  'fflate',
  'libsql',
  'yaml',
  'yauzl',
]

/** Chosen by a name that is put together at run time, or read as a file: no `require` in the code tells of them. */
const besides = {
  libsql: [`@libsql/${process.platform}-${process.arch}${libc()}`],
  '@tensorflow/tfjs-backend-wasm': ['dist/*.wasm'],
  '@tensorflow/tfjs-node-gpu': [
    ...['lib/napi-v8/*.node', 'kernels/*.node', 'deps/lib/*', 'deps/nvidia/**'],
  ],
}
const codec = 'dcmjs-codecs/build/dcmjs-native-codecs.wasm'

/** Names asked of the built program that come with Electron or are built in. */
export const isOutside = (name) => name === 'electron' || name.startsWith('node:')

/** Whether `entrances` knows what the built program asks for. */
export const isEntrance = (name) => entrances.includes(name)

/**
 * Every file below node_modules that the program may load, with the licences of its packages:
 * `{ files: string[], packages: string[] }`, paths from the checkout, sorted. What is only for building, for a browser
 * or for a debugger is left out.
 */
export function shippedModules() {
  const files = new Set()
  const own = createRequire(join(root, 'package.json'))
  for (const name of entrances) follow(own.resolve(name), files)
  files.add(own.resolve(codec))
  const packages = new Set([...files].map(packageOf))
  for (const folder of packages) {
    const name = relative(nodeModules, folder).split(sep).join('/')
    for (const wanted of besides[name] ?? []) {
      if (wanted.startsWith('@libsql/')) {
        follow(createRequire(join(folder, 'package.json')).resolve(wanted), files)
      } else for (const file of matching(folder, wanted)) files.add(file)
    }
  }
  for (const file of files) packages.add(packageOf(file))
  for (const folder of packages) {
    files.add(join(folder, 'package.json'))
    for (const name of licenceFiles(folder)) files.add(join(folder, name))
  }
  // A codec's memory image lies beside its code.
  for (const file of [...files]) {
    const image = file.replace(/\.js$/, '.wasm')
    if (image !== file && existsSync(image)) files.add(image)
  }
  const fromRoot = (path) => relative(root, path)
  return { files: [...files].map(fromRoot).sort(), packages: [...packages].map(fromRoot).sort() }
}

/** The names of a package's licence and notice files. */
export const licenceFiles = (folder) =>
  readdirSync(folder).filter((name) => /^(licen[cs]e|copying|notice)(?!.*\.(js|ts)$)/i.test(name))

/** The innermost folder of node_modules that a file belongs to. */
export function packageOf(file) {
  const parts = file.split(sep)
  const at = parts.lastIndexOf('node_modules')
  return parts.slice(0, at + (parts[at + 1].startsWith('@') ? 3 : 2)).join(sep)
}

const requirement = /\brequire(?:\.resolve)?\(\s*(["'`])([^"'`$]+)\1\s*\)/g

/** The file and all that it asks for, and so on. Names that lead nowhere here are for other systems. */
function follow(file, files) {
  if (files.has(file) || !file.startsWith(nodeModules)) return
  files.add(file)
  if (!/\.(c?js)$/.test(file)) return
  const resolveFrom = createRequire(file)
  for (const [, , name] of readFileSync(file, 'utf8').matchAll(requirement)) {
    const found = resolved(resolveFrom, name)
    if (found !== undefined) follow(found, files)
  }
}

function resolved(from, name) {
  try {
    const path = from.resolve(name)
    return path.includes(sep) ? path : undefined
  } catch {
    return undefined
  }
}

/** Files and links of a package by a pattern with one star in its last part, or two for all below a folder. */
function matching(folder, pattern) {
  const place = join(folder, dirname(pattern))
  if (!existsSync(place)) return []
  const last = pattern.split('/').at(-1)
  const entries = readdirSync(place, { recursive: last === '**', withFileTypes: true })
  return entries
    .filter(
      (entry) => !entry.isDirectory() && (last === '**' || entry.name.endsWith(last.slice(1))),
    )
    .map((entry) => join(entry.path, entry.name))
}

function libc() {
  if (process.platform !== 'linux') return process.platform === 'win32' ? '-msvc' : ''
  return existsSync(realpathSync('/lib') + '/ld-musl-x86_64.so.1') ? '-musl' : '-gnu'
}
