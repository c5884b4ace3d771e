/** The one file that knows which SQLite driver is used. Behind it: named parameters, plain values, AppErrors. */
import Driver from 'libsql'
import { AppError } from '../shared/errors.ts'

/** What a parameter may be; the driver ends the process on anything else. */
type Bindable = string | number | boolean | null | undefined
export type Parameters = Readonly<Record<string, Bindable>>

interface Statement {
  /** Runs a statement that answers no rows; returns how many it changed. */
  run(parameters?: Parameters): number
  get(parameters?: Parameters): unknown
  all(parameters?: Parameters): unknown[]
}

export interface Database {
  exec(sql: string): void
  prepare(sql: string): Statement
  /** All of `work` or nothing of it; within another one it is a part of that. Takes the write lock at once, so that it cannot fail half-way. */
  transaction<T>(work: () => T): T
  close(): void
}

const busyTimeoutMs = 5000

/** Opens or makes the file. It changes nothing in it: `useSafely` does, once the version is known. */
export function openDatabase(path: string): Database {
  const driver = translated(() => new Driver(path, { timeout: busyTimeoutMs }))
  const exec = (sql: string) => translated(() => void driver.exec(sql))
  const isWithin = () => driver.inTransaction
  return {
    exec,
    prepare(sql) {
      const statement = translated(() => driver.prepare<Record<string, Bindable>>(sql))
      return {
        run: (values = {}) => translated(() => statement.run(bindable(values)).changes),
        get: (values = {}) => translated(() => statement.get(bindable(values))),
        all: (values = {}) => translated(() => statement.all(bindable(values))),
      }
    },
    transaction(work) {
      if (isWithin()) return work()
      exec('BEGIN IMMEDIATE')
      try {
        const result = work()
        exec('COMMIT')
        return result
      } catch (cause) {
        if (isWithin()) exec('ROLLBACK')
        throw cause
      }
    },
    close: () => void driver.close(),
  }
}

/** What is acknowledged is on the disk: a commit returns after its pages were synced. */
export function useSafely(database: Database): void {
  for (const setting of ['journal_mode = WAL', 'synchronous = FULL', 'foreign_keys = ON']) {
    database.prepare(`PRAGMA ${setting}`).all()
  }
}

function bindable(values: Parameters): Record<string, string | number | null> {
  const entries = Object.entries(values).map(([name, value]) => [
    name,
    typeof value === 'boolean' ? Number(value) : (value ?? null),
  ])
  return Object.fromEntries(entries) as Record<string, string | number | null>
}

const meanings: Readonly<Record<string, (path: string) => AppError>> = {
  SQLITE_FULL: (words) =>
    new AppError('DISK_FULL', `The disk is full, so the library was not changed (${words})`),
  SQLITE_BUSY: (words) =>
    new AppError('CONFLICT', `Another program is writing to the library; try again (${words})`),
  SQLITE_READONLY: (words) =>
    new AppError('NOT_PERMITTED', `The library cannot be written to (${words})`),
  SQLITE_CANTOPEN: (words) =>
    new AppError('NOT_PERMITTED', `The library's database cannot be opened (${words})`),
  SQLITE_CORRUPT: (words) =>
    new AppError('DAMAGED', `The library's database is damaged (${words}); restore a copy`),
  SQLITE_NOTADB: (words) =>
    new AppError('DAMAGED', `The library's database is not an SQLite file (${words})`),
}

function translated<T>(work: () => T): T {
  try {
    return work()
  } catch (cause) {
    if (!(cause instanceof Error)) throw cause
    const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : ''
    const meaning = Object.keys(meanings).find((name) => code.startsWith(name))
    throw meaning ? meanings[meaning]!(cause.message) : cause
  }
}
