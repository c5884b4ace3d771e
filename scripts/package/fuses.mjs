import { readFileSync, writeFileSync } from 'node:fs'

/**
 * Electron's fuses: switches in the program file itself, after a mark, a version and their count; each is '0' (off),
 * '1' (on) or 'r' (taken out of this Electron). https://www.electronjs.org/docs/latest/tutorial/fuses
 */
const mark = Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX', 'latin1')

/** In the order of the file. Later Electrons have more of them at the end than earlier ones. */
const names = [
  'RunAsNode',
  'EnableCookieEncryption',
  'EnableNodeOptionsEnvironmentVariable',
  'EnableNodeCliInspectArguments',
  'EnableEmbeddedAsarIntegrityValidation',
  'OnlyLoadAppFromAsar',
  'LoadBrowserProcessSpecificV8Snapshot',
  'GrantFileProtocolExtraPrivileges',
]

/**
 * How the installed program has them. The command line runs on a Node of its own, so that the window's program can be
 * no interpreter of other people's code. Electron checks an archive's integrity on macOS and Windows alone.
 */
export const wantedFuses = {
  RunAsNode: false,
  EnableCookieEncryption: true,
  EnableNodeOptionsEnvironmentVariable: false,
  EnableNodeCliInspectArguments: false,
  EnableEmbeddedAsarIntegrityValidation: process.platform !== 'linux',
  OnlyLoadAppFromAsar: true,
  LoadBrowserProcessSpecificV8Snapshot: false,
  GrantFileProtocolExtraPrivileges: false,
}

/** `{ RunAsNode: true, … }` of a program file: those that this Electron has. */
export function readFuses(file) {
  const { bytes, start, count } = wire(file)
  const states = names.slice(0, count).map((name, index) => {
    const state = String.fromCharCode(bytes[start + index])
    return [name, state === 'r' ? undefined : state === '1']
  })
  return Object.fromEntries(states.filter(([, state]) => state !== undefined))
}

/** Sets the fuses that this Electron has; throws when one reads back otherwise. */
export function setFuses(file, wanted = wantedFuses) {
  const { bytes, start } = wire(file)
  for (const name of Object.keys(readFuses(file))) {
    bytes[start + names.indexOf(name)] = (wanted[name] ? '1' : '0').charCodeAt(0)
  }
  writeFileSync(file, bytes)
  const found = readFuses(file)
  for (const [name, state] of Object.entries(found)) {
    if (state !== wanted[name]) throw new Error(`The fuse ${name} of ${file} could not be set`)
  }
  return found
}

function wire(file) {
  const bytes = readFileSync(file)
  const at = bytes.indexOf(mark)
  if (at < 0 || bytes.indexOf(mark, at + 1) >= 0) {
    throw new Error(`${file} is not an Electron with one set of fuses`)
  }
  const [version, count] = bytes.subarray(at + mark.length)
  if (version !== 1) throw new Error(`${file} has fuses of an unknown version (${version})`)
  return { bytes, start: at + mark.length + 2, count }
}
