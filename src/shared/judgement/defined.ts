type Defined<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> }

/** The entries that are known: «unknown» is an absent entry, never an undefined or NaN one. */
export function defined<T extends object>(entries: T): Defined<T> {
  const known: Defined<T> = { ...entries }
  for (const key in known) if (known[key] === undefined) Reflect.deleteProperty(known, key)
  return known
}
