import {
  chmodSync,
  copyFileSync,
  cpSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { isBuiltin } from 'node:module'
import { dirname, join } from 'node:path'
import { isPermissive, shippedParts } from '../program/licences.mjs'
import { noticesOf } from '../program/notices.mjs'
import { billOfMaterials } from '../program/sbom.mjs'
import { isEntrance, isOutside, shippedModules } from '../program/shippedModules.mjs'
import { run } from '../setup/commands.mjs'
import { electronProgram } from '../setup/electron.mjs'
import { nodeModules, root } from '../setup/paths.mjs'
import { billFaults, billFile } from './billFaults.mjs'
import { binariesIn } from './binaries.mjs'
import { setFuses } from './fuses.mjs'
import { nodeProgram } from './nodeProgram.mjs'

export const windowProgram = 'pneumoscope-window'

/**
 * Lays the installed program out in `folder`, from the checkout's build: Electron with its fuses set, Node for the
 * command line, the program's own code as `resources/app.asar`, and beside it what processes load by themselves.
 */
export async function stage(folder) {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const electron = dirname(electronProgram)
  for (const name of readdirSync(electron)) {
    if (name !== 'electron' && name !== 'resources') place(join(electron, name), join(folder, name))
  }
  renameSync(join(folder, 'LICENSES.chromium.html'), join(folder, 'LICENSE.chromium.html'))
  const program = join(folder, windowProgram)
  copyFileSync(electronProgram, program)
  setFuses(program)
  chmodSync(program, 0o755)
  ownCopy(join(folder, 'chrome-sandbox'), 0o4755)
  const node = await nodeProgram()
  copyFileSync(join(node, 'bin', 'node'), join(folder, 'node'))
  chmodSync(join(folder, 'node'), 0o755)
  run('strip', ['--strip-unneeded', join(folder, 'node')])
  copyFileSync(join(node, 'LICENSE'), join(folder, 'LICENSE.node.txt'))
  for (const name of ['pneumoscope', 'pneumoscope-dicom.desktop']) {
    copyFileSync(join(root, 'packaging', 'linux', name), join(folder, name))
  }
  copyFileSync(join(root, 'LICENSE'), join(folder, 'LICENSE.txt'))
  packProgram(join(folder, 'resources'))
  await writeLicences(folder)
}

/**
 * Of all parts, as a text and as a bill of materials. Throws when one may not be passed on by everybody, and when the bill
 * is not of what lies in the folder.
 */
async function writeLicences(folder) {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const parts = shippedParts()
  const foreign = parts.find(({ licence }) => !isPermissive(licence))
  if (foreign) throw new Error(`${foreign.name} may not be shipped: ${foreign.licence}`)
  writeFileSync(join(folder, 'LICENSES.parts.txt'), noticesOf(manifest, parts))
  const bill = billOfMaterials(manifest, parts, await binariesIn(folder))
  writeFileSync(join(folder, billFile), `${JSON.stringify(bill, undefined, 2)}\n`)
  const [fault] = await billFaults(folder)
  if (fault !== undefined) throw new Error(`The bill of materials is wrong: ${fault}`)
}

function packProgram(resources) {
  mkdirSync(resources, { recursive: true })
  const app = mkdtempSync(join(root, 'dist', 'app-'))
  try {
    gather(app)
    checkRequirements(app)
    const asar = join(nodeModules, '@electron', 'asar', 'bin', 'asar.js')
    const unpack = `{${['package.json', 'resources/**', 'node_modules/**', 'out/main/{cli,engine,decoder}.js', 'out/main/chunks/**'].map((path) => join(app, path)).join(',')}}`
    run(process.execPath, [asar, 'pack', app, join(resources, 'app.asar'), '--unpack', unpack])
  } finally {
    rmSync(app, { recursive: true, force: true })
  }
}

function gather(app) {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const { name, productName, version, description, license, author, main } = manifest
  const kept = { name, productName, version, description, license, author, main }
  writeFileSync(join(app, 'package.json'), `${JSON.stringify(kept, undefined, 2)}\n`)
  for (const path of ['out/main', 'out/preload', 'out/renderer', 'resources']) {
    place(join(root, path), join(app, path))
  }
  for (const path of shippedModules().files) {
    place(join(root, path), join(app, path))
    if (path.endsWith('.node')) {
      ownCopy(join(app, path), 0o755)
      run('strip', ['--strip-unneeded', join(app, path)])
    }
  }
}

/** What the build asks for by name must be among what was gathered. */
function checkRequirements(app) {
  const main = join(app, 'out', 'main')
  for (const name of readdirSync(main, { recursive: true })) {
    if (!name.endsWith('.js')) continue
    for (const [, wanted] of readFileSync(join(main, name), 'utf8').matchAll(
      /\brequire\("([^".][^"]*)"\)/g,
    )) {
      if (isOutside(wanted) || isEntrance(wanted) || isBuiltin(wanted)) continue
      throw new Error(`The build asks for ${wanted}, which scripts/program does not know`)
    }
  }
}

/** A link where it can be: these files are large, and nothing changes them. */
function place(from, to) {
  const facts = lstatSync(from)
  if (facts.isDirectory()) {
    mkdirSync(to, { recursive: true })
    for (const name of readdirSync(from)) place(join(from, name), join(to, name))
    return
  }
  mkdirSync(dirname(to), { recursive: true })
  if (facts.isSymbolicLink()) symlinkSync(readlinkSync(from), to)
  else {
    try {
      linkSync(from, to)
    } catch {
      cpSync(from, to)
    }
  }
}

/** In the place of a link, so that what it was linked to stays as it is. */
function ownCopy(path, mode) {
  const part = `${path}.part`
  copyFileSync(path, part)
  chmodSync(part, mode)
  renameSync(part, path)
}
