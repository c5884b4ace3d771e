declare module 'virtual:help' {
  import type { HelpPage } from '../shared/help.ts'

  export const pages: readonly HelpPage[]
  /** Addresses of the pictures, by file name. */
  export const pictures: Readonly<Record<string, string>>
}

declare module 'virtual:parts' {
  import type { ShippedPart } from '../shared/shippedPart.ts'

  export const parts: readonly ShippedPart[]
  /** Licences and notices; a part names its own by place. */
  export const texts: readonly string[]
  /** CycloneDX 1.5. */
  export const bill: object
}
