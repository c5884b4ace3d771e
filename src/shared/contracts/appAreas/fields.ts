import { z } from 'zod'

/** As the library and the program give them; folders are named after some, so that nothing that leads elsewhere is one. */
export const id = z.string().regex(/^[a-z0-9-]{1,100}$/, 'an id of the library is expected')

/** As a person gives it. */
export const name = z.string().trim().min(1).max(100)
