/** Where everything lies that the program keeps: the database, thumbnails, models, runs, caches. */
import { mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { AppError } from '../shared/errors.ts'

export interface LibraryFolder {
  readonly root: string
  /** The SQLite file. */
  readonly database: string
  readonly thumbnails: string
  /** One sub-folder a model, named by its id. */
  readonly models: string
  /** One sub-folder a run: checkpoints and the split. */
  readonly runs: string
  /** Decoded films; may be deleted at any time. */
  readonly cache: string
  /** Generated films, one sub-folder a set. */
  readonly samples: string
  /** Films out of zip archives, one sub-folder an archive, named by the hash of its content. */
  readonly archives: string
  readonly logs: string
}

export interface Surroundings {
  readonly platform: NodeJS.Platform
  readonly env: Readonly<Record<string, string | undefined>>
  readonly home: string
}

/**
 * The library's folder: what `--library` says, else PNEUMOSCOPE_LIBRARY, else the platform's place
 * for a program's data (the same that Electron's `userData` has).
 */
export function libraryPath(
  option?: string,
  { platform, env, home }: Surroundings = {
    platform: process.platform,
    env: process.env,
    home: homedir(),
  },
): string {
  const chosen = option ?? env['PNEUMOSCOPE_LIBRARY']
  if (chosen) return resolve(chosen)
  return join(dataFolder(platform, env, home), 'Pneumoscope')
}

function dataFolder(platform: NodeJS.Platform, env: Surroundings['env'], home: string): string {
  if (platform === 'win32') return env['APPDATA'] ?? join(home, 'AppData', 'Roaming')
  if (platform === 'darwin') return join(home, 'Library', 'Application Support')
  // The XDG specification: a relative value is invalid and to be ignored.
  const configured = env['XDG_CONFIG_HOME']
  return configured?.startsWith('/') ? configured : join(home, '.config')
}

/** The folder with its sub-folders, made where missing, readable by this user alone. */
export function openLibraryFolder(root: string): LibraryFolder {
  const folder: LibraryFolder = {
    root,
    database: join(root, 'library.sqlite'),
    thumbnails: join(root, 'thumbnails'),
    models: join(root, 'models'),
    runs: join(root, 'runs'),
    cache: join(root, 'cache'),
    samples: join(root, 'samples'),
    archives: join(root, 'archives'),
    logs: join(root, 'logs'),
  }
  const { database, ...folders } = folder
  for (const path of Object.values(folders)) makeFolder(path, database)
  return folder
}

function makeFolder(path: string, database: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 })
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new AppError(
      'NOT_PERMITTED',
      `The library ${database} cannot be made (${reason}); choose another with --library`,
      { cause },
    )
  }
}
