import { existsSync, lstatSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { bytesBelow } from './folderSize.mjs'

const modules = 'resources/app.asar.unpacked/node_modules'

/** Where the megabytes of the staged program go, and how large each package is, as Markdown. */
export function sizeTable(program, packages) {
  const size = (path) => (existsSync(join(program, path)) ? bytesBelow(join(program, path)) : 0)
  const tensorflow = size(`${modules}/@tensorflow/tfjs-node-gpu/deps`)
  const rows = [
    ['TensorFlow (libtensorflow)', tensorflow],
    ['Electron', size('.') - size('resources') - size('node')],
    ['Node.js for the command line', size('node')],
    ['Other packages', size(modules) - tensorflow],
    ['The bundled model', size('resources/app.asar.unpacked/resources')],
    ['Our code and pages', size('resources/app.asar') + size('resources/app.asar.unpacked/out')],
    ['Installed', size('.')],
    ...packages.map((file) => [basename(file), lstatSync(file).size]),
  ]
  const megabytes = (bytes) => (bytes / 1e6).toFixed(1)
  const width = Math.max(...rows.map(([name]) => name.length))
  const line = (name, value) => `| ${name.padEnd(width)} | ${value.padStart(6)} |`
  return [
    `${readdirSync(program).length} entries in ${basename(program)}`,
    line('Part', 'MB'),
    `| ${'-'.repeat(width)} | ${'-'.repeat(5)}: |`,
    ...rows.map(([name, bytes]) => line(name, megabytes(bytes))),
  ].join('\n')
}
