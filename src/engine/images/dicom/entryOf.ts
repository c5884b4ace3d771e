/** What a table holds under a key that a file names. Files name what they like: also «constructor», which every object has. */
export const entryOf = <T>(table: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined
