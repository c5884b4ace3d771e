/** Ends a switch over a union, so that a new member is a type error until it has its case. */
export function assertNever(value: never): never {
  throw new TypeError(`Unexpected value ${JSON.stringify(value)}`)
}
