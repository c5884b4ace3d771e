/** What the page shows of the checkout itself: `virtual:help` (docs/ as data), `virtual:parts` (what is shipped). */
import { readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'
import { shippedParts } from '../scripts/program/licences.mjs'
import { billOfMaterials } from '../scripts/program/sbom.mjs'
import { picturesOf, readPages } from './readPages.ts'

const docs = fileURLToPath(new URL('../docs', import.meta.url))
const manifest = fileURLToPath(new URL('../package.json', import.meta.url))

export function checkoutPages(): Plugin {
  const modules: Readonly<Record<string, () => string>> = {
    'virtual:help': helpModule,
    'virtual:parts': partsModule,
  }
  return {
    name: 'checkout-pages',
    resolveId: (id) => (id in modules ? `\0${id}` : null),
    load(id) {
      const module = id.startsWith('\0') ? modules[id.slice(1)] : undefined
      if (!module) return null
      const watched = readdirSync(docs).filter((name) => name.endsWith('.md'))
      for (const name of watched) this.addWatchFile(`${docs}/${name}`)
      return module()
    },
  }
}

function helpModule(): string {
  const pages = readPages(docs)
  const files = picturesOf(pages)
  const imports = files.map((file, at) => `import p${at} from ${JSON.stringify(`${docs}/screenshots/${file}?url`)}`) // prettier-ignore
  const entries = files.map((file, at) => `${JSON.stringify(file)}: p${at}`)
  return [
    ...imports,
    `export const pages = JSON.parse(${JSON.stringify(JSON.stringify(pages))})`,
    `export const pictures = { ${entries.join(', ')} }`,
  ].join('\n')
}

/** Texts that many parts share are there once. */
function partsModule(): string {
  const parts = shippedParts()
  const texts = [...new Set(parts.flatMap((part) => part.texts))]
  const listed = parts.map((part) => ({
    ...part,
    texts: part.texts.map((text) => texts.indexOf(text)),
  }))
  const bill = billOfMaterials(JSON.parse(readFileSync(manifest, 'utf8')), parts)
  const data = JSON.stringify({ parts: listed, texts, bill })
  return `export const { parts, texts, bill } = JSON.parse(${JSON.stringify(data)})`
}
