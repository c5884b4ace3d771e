import { extname } from 'node:path'
import type { Session } from 'electron'
import type { Store } from '../store/store.ts'
import type { Log } from './log.ts'

/** Charts, tables and pictures that the page makes itself are exports too. Only the kind is told: names may be patients'. */
export function auditDownloads(session: Session, { audit }: Pick<Store, 'audit'>, log: Log): void {
  session.on('will-download', (_event, item) => {
    item.once('done', (_done, state) => {
      if (state !== 'completed') return
      try {
        audit.append('export', 'window', { as: extname(item.getSavePath()).slice(1) })
      } catch (cause) {
        log.failure('audit trail', cause)
      }
    })
  })
}
