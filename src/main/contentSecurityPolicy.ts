import { imageScheme } from './imageScheme.ts'

/** Sent with every file of the page: its own code, its own films, nothing else and nobody else. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  `img-src 'self' blob: ${imageScheme}:`,
  `connect-src 'self' ${imageScheme}:`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "object-src 'none'",
].join('; ')
