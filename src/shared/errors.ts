/** What callers may branch on. The command line prints these codes, so a name once given stays. */
export type ErrorCode =
  | 'BAD_INPUT'
  | 'BAD_MODEL'
  | 'CANCELLED'
  | 'CONFLICT'
  | 'DAMAGED'
  | 'DISCONNECTED'
  | 'DISK_FULL'
  | 'ENGINE_FAILED'
  | 'INTERNAL'
  | 'LEAK'
  | 'NEWER_VERSION'
  | 'NOT_FOUND'
  | 'NOT_PERMITTED'
  | 'NUMERIC'
  | 'OUT_OF_MEMORY'
  | 'TOO_LARGE'
  | 'TRUNCATED'
  | 'UNSUPPORTED'

/** A failure with a code that callers may branch on and a message fit for the user. */
export class AppError extends Error {
  override readonly name = 'AppError'

  constructor(
    readonly code: ErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}

/** Any thrown value as an AppError; what is unknown becomes INTERNAL, with its cause kept. */
export function toAppError(cause: unknown): AppError {
  if (cause instanceof AppError) return cause
  const message = cause instanceof Error ? cause.message : String(cause)
  return new AppError('INTERNAL', message, { cause })
}

export const isCancelled = (cause: unknown): boolean =>
  cause instanceof AppError && cause.code === 'CANCELLED'

/** Throws CANCELLED once a person has asked to stop. */
export function throwIfCancelled(signal: { readonly aborted: boolean }): void {
  if (signal.aborted) throw new AppError('CANCELLED', 'Cancelled')
}
