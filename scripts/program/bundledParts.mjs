import { bundled } from './licences.mjs'

/**
 * A plugin that fails a build which takes in a package that `bundled` does not name. The page, for which `isWhole` is set,
 * takes in all of them, so that none is named in vain.
 */
export const namedParts = ({ isWhole }) => ({
  name: 'named-parts',
  generateBundle(_options, bundle) {
    const faults = faultsOf(packagesIn(bundle), bundled, isWhole)
    if (faults.length > 0) this.error(`${faults.join('; ')}: see scripts/program/licences.mjs`)
  },
})

/** The packages of which something is left in a bundle. Of style sheets the bundler tells no length. */
export function packagesIn(bundle) {
  const names = new Set()
  for (const { modules = {} } of Object.values(bundle)) {
    for (const [id, { renderedLength }] of Object.entries(modules)) {
      const name = /.*[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)/.exec(id)?.[1]
      if (name !== undefined && (renderedLength > 0 || /\.css$/.test(id)))
        names.add(name.replace('\\', '/'))
    }
  }
  return [...names].sort()
}

export const faultsOf = (found, named, isWhole) => [
  ...found.filter((name) => !named.includes(name)).map((name) => `${name} is built in and nowhere named`), // prettier-ignore
  ...named.filter((name) => isWhole && !found.includes(name)).map((name) => `${name} is named and not built in`), // prettier-ignore
]
