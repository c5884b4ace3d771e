import { createHash } from 'node:crypto'

const types = {
  npm: 'library',
  program: 'application',
  model: 'machine-learning-model',
  data: 'data',
}

/**
 * A software bill of materials as CycloneDX 1.5 JSON (ECMA-424): what the program of this manifest is made of. The same
 * parts give the same document, serial number and all. `binaries` are the programs and libraries in it, as `binariesIn`
 * tells them; each stands below the part that it belongs to.
 */
export function billOfMaterials({ name, version, description, license }, parts, binaries = []) {
  const components = parts.map((part) => ({
    type: types[part.kind],
    'bom-ref': part.purl,
    name: part.name,
    version: part.version,
    licenses: licencesOf(part.licence),
    purl: part.purl,
    ...filesOf(binaries, [part.name, `${part.name} ${part.version}`]),
  }))
  const self = `pkg:generic/${name}@${version}`
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.5.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    serialNumber: `urn:uuid:${uuidOf(JSON.stringify([self, components]))}`,
    version: 1,
    metadata: {
      component: {
        type: 'application',
        'bom-ref': self,
        name,
        version,
        description,
        licenses: licencesOf(license),
        purl: self,
        ...filesOf(binaries, ['ours']),
      },
    },
    components,
    dependencies: [{ ref: self, dependsOn: components.map((each) => each['bom-ref']) }],
  }
}

function filesOf(binaries, names) {
  const own = binaries.filter(({ part }) => names.includes(part))
  if (own.length === 0) return {}
  return {
    components: own.map(({ path, sha256 }) => ({
      type: 'file',
      name: path,
      hashes: [{ alg: 'SHA-256', content: sha256 }],
    })),
  }
}

/** The schema has identifiers for single licences and another place for expressions. */
const licencesOf = (licence) =>
  /[\s()]/.test(licence) ? [{ expression: licence }] : [{ license: { id: licence } }]

/** By content (RFC 9562, version 8). */
function uuidOf(content) {
  const hex = createHash('sha256').update(content).digest('hex')
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-')
}
