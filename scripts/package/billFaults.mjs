import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { bundled } from '../program/licences.mjs'
import { binariesIn, packagesIn } from './binaries.mjs'

export const billFile = 'sbom.cdx.json'

/** What the bill of materials in the staged or installed `folder` leaves out of it, or names in vain; empty when it is right. */
export async function billFaults(folder) {
  const bill = JSON.parse(readFileSync(join(folder, billFile), 'utf8'))
  const inside = packagesIn(folder)
  const named = bill.components.filter(({ purl }) => purl.startsWith('pkg:npm/') && !purl.includes('/node-linux')) // prettier-ignore
  const names = named.map(({ name, version }) => `${name} ${version}`)
  const files = [bill.metadata.component, ...bill.components].flatMap(({ components = [] }) => components) // prettier-ignore
  const told = new Map(files.map(({ name, hashes }) => [name, hashes[0].content]))
  const binaries = await binariesIn(folder)
  return [
    ...inside.filter((name) => !names.includes(name)).map((name) => `${name} is inside and not named`), // prettier-ignore
    ...named
      .filter(
        ({ name, version }) => !inside.includes(`${name} ${version}`) && !bundled.includes(name),
      ) // prettier-ignore
      .map(({ name, version }) => `${name} ${version} is named and not inside`),
    ...binaries
      .filter(({ path, sha256 }) => told.get(path) !== sha256)
      .map(({ path }) => `${path} is ${told.has(path) ? 'another than named' : 'not named'}`),
    ...[...told.keys()]
      .filter((name) => !binaries.some(({ path }) => path === name))
      .map((name) => `${name} is named and not inside`),
  ]
}
