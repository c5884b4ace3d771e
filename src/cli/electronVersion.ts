import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Of the Electron that runs this, or that shows the window; undefined without either. */
export function electronVersion(): string | undefined {
  // Electron's typings promise it everywhere; under Node it is not there.
  const running = new Map(Object.entries(process.versions)).get('electron')
  return running ?? installedProgram() ?? checkout()
}

/** An installed program has its code in «resources/app.asar.unpacked/out/main» beside Electron. */
function installedProgram(): string | undefined {
  const [program, ...inside] = fileURLToPath(import.meta.url).split(/[/\\]resources[/\\]app\.asar/)
  return inside.length === 0 ? undefined : versionIn(program!)
}

function checkout(): string | undefined {
  try {
    const require = createRequire(import.meta.url)
    return versionIn(join(dirname(require.resolve('electron/package.json')), 'dist'))
  } catch {
    return undefined
  }
}

function versionIn(folder: string): string | undefined {
  try {
    return readFileSync(join(folder, 'version'), 'utf8').trim().replace(/^v/, '')
  } catch {
    return undefined
  }
}
