/** The command was called in a way that it does not know; the usage is shown with it. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
