import { resolve } from 'node:path'
import { z } from 'zod'
import { writeFileAtomically } from '../../files/atomicWrite.ts'
import type { AuditHead } from '../../shared/domain/audit.ts'
import { checkChain } from '../../store/auditChain.ts'
import { auditCsv } from '../../workflows/auditCsv.ts'
import { DONE, SOME_FAILED } from '../exitStatus.ts'
import { libraryOption, withLibrary } from '../library.ts'
import { read, refuseOperands } from '../parse.ts'
import { grouped } from '../table.ts'
import type { Verb } from '../verb.ts'

const Head = z
  .string()
  .regex(/^\d{1,15}:[0-9a-f]{64}$/, 'takes NUMBER:HASH as an earlier call printed it')
  .transform((text): AuditHead => {
    const [entries, hash] = text.split(':')
    return { entries: Number(entries), hash: hash! }
  })

const Options = z.object({
  head: Head.optional(),
  out: z.string().min(1).optional(),
  library: z.string().optional(),
})

export const audit: Verb = {
  name: 'audit',
  usage: '[--head NUMBER:HASH] [--out FILE.csv] [--library DIR] [--json]',
  summary: 'Checks the chain of what was done in the library, and tells its end',
  options: {
    head: {
      type: 'string',
      value: 'N:HASH',
      help: 'an end that was kept elsewhere: shows a cut or a trail written anew',
    },
    out: { type: 'string', value: 'FILE.csv', help: 'writes every entry' },
    ...libraryOption,
  },
  run(args, { output, engine }) {
    refuseOperands(args)
    const { head: known, out, library: folder } = read(Options, args)
    return withLibrary(folder, { engine }, async ({ store }) => {
      const entries = store.audit.entries()
      const { head, broken } = checkChain(entries, known)
      if (out !== undefined) await writeFileAtomically(resolve(out), auditCsv(entries))
      output.record({ entries: entries.length, head: `${head.entries}:${head.hash}`, whole: !broken, ...(broken && { broken }) }) // prettier-ignore
      output.print(
        broken
          ? `The trail is broken at entry ${broken.number}: ${broken.reason}`
          : `${grouped(entries.length)} entries, the chain is whole. Its end, to keep elsewhere:\n${head.entries}:${head.hash}`,
      )
      return broken ? SOME_FAILED : DONE
    })
  },
}
