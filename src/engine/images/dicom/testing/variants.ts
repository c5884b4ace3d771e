/** Small films of many ways of writing, and broken ones. Made by scripts/fixtures/dicom_variants.py. */
import { readFileSync } from 'node:fs'
import { z } from 'zod'

const Named = z.object({ name: z.string(), file: z.string() })
const Read = Named.extend({
  readBy: z.string(),
  /** Levels that decoders of a lossy coding may differ by. */
  tolerance: z.number(),
  min: z.number(),
  max: z.number(),
  mean: z.number(),
  sha256: z.string(),
})
const Refused = Named.extend({ refused: z.string() })

const all = z
  .array(z.union([Read, Refused]))
  .parse(
    JSON.parse(
      readFileSync(
        new URL('../../../../../tests/fixtures/dicom/variants.json', import.meta.url),
        'utf8',
      ),
    ),
  )

const withBytes = <T extends { readonly file: string }>({ file, ...rest }: T) => ({
  ...rest,
  bytes: Buffer.from(file, 'base64'),
})

export const readVariants = all.flatMap((each) => ('sha256' in each ? [withBytes(each)] : []))
export const refusedVariants = all.flatMap((each) => ('refused' in each ? [withBytes(each)] : []))
