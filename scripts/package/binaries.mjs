import { createHash } from 'node:crypto'
import { closeSync, createReadStream, openSync, readFileSync, readSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { packageOf } from '../program/shippedModules.mjs'
import { filesBelow } from './folderSize.mjs'

const packages = join('resources', 'app.asar.unpacked', 'node_modules')
const addon = join(packages, '@tensorflow', 'tfjs-node-gpu')
const foreign = [
  [packages, ''],
  [join(addon, 'deps'), 'TensorFlow'],
  [join(addon, 'kernels'), 'ours'],
]
/** ELF and WebAssembly. */
const magics = ['7f454c46', '0061736d']

/**
 * The programs and libraries of the staged or installed `folder`, by path: `{ path, sha256, part }`, where `part` is the
 * name and version of the package it lies in, 'Electron', 'Node.js', 'TensorFlow', or 'ours'.
 */
export async function binariesIn(folder) {
  const found = []
  for (const file of filesBelow(folder).filter(isBinary).sort()) {
    const path = relative(folder, file)
    const hash = createHash('sha256')
    await pipeline(createReadStream(file), hash)
    found.push({ path: path.split(sep).join('/'), sha256: hash.digest('hex'), part: partOf(folder, path) }) // prettier-ignore
  }
  return found
}

function partOf(folder, path) {
  const place = foreign.findLast(([below]) => path.startsWith(below + sep))
  if (place === undefined) return path === 'node' ? 'Node.js' : 'Electron'
  return place[1] === '' ? packageAt(packageOf(join(folder, path))) : place[1]
}

/** Every package below the staged or installed `folder`, by name and version. */
export const packagesIn = (folder) =>
  filesBelow(join(folder, packages))
    .filter((file) => file === join(packageOf(file), 'package.json'))
    .map((file) => packageAt(packageOf(file)))

function packageAt(folder) {
  const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  return `${name} ${version}`
}

function isBinary(file) {
  const start = Buffer.alloc(4)
  const descriptor = openSync(file, 'r')
  try {
    readSync(descriptor, start)
  } finally {
    closeSync(descriptor)
  }
  return magics.includes(start.toString('hex'))
}
