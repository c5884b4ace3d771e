import type { AuditEntry, AuditEvent } from '../shared/domain/audit.ts'
import { withLibrary } from './library.ts'
import { findModel, isModelFolder } from './modelFolder.ts'
import type { Context } from './verb.ts'

interface Act {
  /** As it was typed. */
  readonly model: string
  readonly library: string | undefined
  readonly event: AuditEvent
  /** Counts and kinds: no names, no paths. */
  readonly detail: AuditEntry['detail']
}

/** Tells the library's audit trail what was done with one of its models. A model from a folder belongs to no library. */
export async function noteInTrail(
  { model, library, event, detail }: Act,
  context: Pick<Context, 'engine'>,
): Promise<void> {
  if (await isModelFolder(model)) return
  await withLibrary(library, context, (opened) => {
    opened.store.audit.append(event, findModel(opened, model).id, detail)
    return Promise.resolve()
  })
}
