import { z } from 'zod'
import type { Database } from './database.ts'

export function settingStore(database: Database) {
  const read = database.prepare('SELECT value FROM setting WHERE key = :key')
  const write = database.prepare(
    'INSERT OR REPLACE INTO setting (key, value) VALUES (:key, :value)',
  )
  const remove = database.prepare('DELETE FROM setting WHERE key = :key')
  return {
    read: (key: string): string | undefined =>
      z
        .object({ value: z.string() })
        .optional()
        .parse(read.get({ key }) ?? undefined)?.value,
    write: (key: string, value: string) => void write.run({ key, value }),
    delete: (key: string) => void remove.run({ key }),
  }
}
