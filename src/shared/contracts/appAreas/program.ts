/** The program itself: what it is, how its engine does, what a person chose or dropped, what the window remembers. */
import { z } from 'zod'
import { AppInfo, AppStatus } from '../../domain/status.ts'
import { procedure } from '../../rpc/contract.ts'
import { id } from './fields.ts'

/** Files or folders that a person chose or dropped; the token stands for their paths until the window closes. */
export const Source = z.object({ token: id, label: z.string() })
export type Source = z.infer<typeof Source>

const key = z.string().min(1).max(100)

export const programContract = {
  about: procedure({ input: z.void(), output: AppInfo }),
  /** Streams until cancelled: at once, then on each change, at most ten times a second. */
  watchStatus: procedure({ input: z.void(), progress: AppStatus, output: z.void() }),
  restartEngine: procedure({ input: z.void(), output: z.void() }),
  /** Opens a dialog; null when the person closed it. */
  chooseSource: procedure({
    input: z.object({ kind: z.enum(['folder', 'archive', 'files', 'table']) }),
    output: Source.nullable(),
  }),
  /** Streams what calls of the program name, as a file manager's do, until cancelled; each once. */
  watchOpened: procedure({ input: z.void(), progress: Source, output: z.void() }),
  /** Small remembered choices of the window: last page, mouse preset … */
  readSetting: procedure({ input: z.object({ key }), output: z.string().nullable() }),
  writeSetting: procedure({
    input: z.object({ key, value: z.string().max(10_000) }),
    output: z.void(),
  }),
}
