// npm run package [-- deb] [-- appimage]: what is installed on Linux x64, in dist/. Both when none is named.
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { makeAppImage } from './package/appImage.mjs'
import { makeDeb } from './package/deb.mjs'
import { sizeTable } from './package/sizeTable.mjs'
import { stage } from './package/stage.mjs'
import { buildWhenStale } from './run/build.mjs'
import { runEntry, SetupError } from './setup/messages.mjs'
import { isLinuxX64, root } from './setup/paths.mjs'
import { setUp } from './setup/setUp.mjs'

const makers = { deb: makeDeb, appimage: makeAppImage }

await runEntry(async () => {
  if (!isLinuxX64) {
    throw new SetupError(
      'This makes packages for Linux x64; docs/packaging.md tells of Windows and macOS',
    )
  }
  const asked = process.argv.slice(2).filter((word) => word !== '--')
  const unknown = asked.find((word) => !(word in makers))
  if (unknown !== undefined) throw new SetupError(`There is no package «${unknown}»: deb, appimage`)
  await setUp()
  await buildWhenStale('window')
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const target = join(root, 'dist')
  mkdirSync(target, { recursive: true })
  const program = join(target, 'pneumoscope')
  await stage(program)
  const packages = []
  for (const kind of asked.length > 0 ? asked : Object.keys(makers)) {
    packages.push(await makers[kind](program, manifest, target))
  }
  console.log(sizeTable(program, packages))
  rmSync(program, { recursive: true })
  return 0
})
