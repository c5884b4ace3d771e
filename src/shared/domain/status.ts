/** What the status bar tells: always true, never guessed. */
import { z } from 'zod'
import { EngineInfo } from './engineInfo.ts'
import { JobSnapshot } from './job.ts'

export const EngineStatus = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('starting') }),
  z.object({ kind: z.literal('ready'), info: EngineInfo }),
  /** It ended unasked and is started again. */
  z.object({ kind: z.literal('restarting'), reason: z.string(), attempt: z.int() }),
  /** It ended too often; a person may start it again. */
  z.object({ kind: z.literal('stopped'), reason: z.string() }),
])
export type EngineStatus = z.infer<typeof EngineStatus>

export const AppStatus = z.object({
  engine: EngineStatus,
  /** Queued and running ones first, then those that ended lately. */
  jobs: z.array(JobSnapshot),
})
export type AppStatus = z.infer<typeof AppStatus>

export const AppInfo = z.object({
  version: z.string(),
  electron: z.string(),
  chromium: z.string(),
  node: z.string(),
  platform: z.string(),
  libraryFolder: z.string(),
})
export type AppInfo = z.infer<typeof AppInfo>
