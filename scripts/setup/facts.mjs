import { readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { kernelsSha256 } from './kernels.mjs'
import { lockSha256 } from './nodeModules.mjs'
import { nodeModules, setupFolder, sha256 } from './paths.mjs'

/**
 * What set-up did, for the app's doctor and for the next set-up:
 * `{ madeAt, lockSha256, recipe, tensorflow: { version, device: 'cpu' | 'cuda', usesGpu, source, addon },
 * electron?: { version, source }, nvidiaDriver?: string, warnings: string[] }`. A command without a window needs no
 * Electron.
 */
const factsFile = join(nodeModules, '.pneumoscope-setup.json')

/** The recorded facts; none when they were recorded for other packages or by another set-up. */
export function readFacts() {
  try {
    const facts = JSON.parse(readFileSync(factsFile, 'utf8'))
    return facts.lockSha256 === lockSha256() && facts.recipe === recipe() ? facts : {}
  } catch {
    return {}
  }
}

export function writeFacts(facts) {
  const madeFor = { lockSha256: lockSha256(), recipe: recipe() }
  const stamped = { ...facts, ...madeFor, madeAt: new Date().toISOString() }
  const part = `${factsFile}.part`
  writeFileSync(part, `${JSON.stringify(stamped, undefined, 2)}\n`)
  renameSync(part, factsFile)
}

/** Changes with any of set-up's own files, and with what it compiles. */
function recipe() {
  const names = readdirSync(setupFolder).filter((name) => /(?<!\.test)\.(mjs|py)$/.test(name))
  const own = names.map((name) => sha256(readFileSync(join(setupFolder, name))))
  return sha256([...own, kernelsSha256()].join())
}
