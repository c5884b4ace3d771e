import type { engineContract } from '../shared/contracts/engine.ts'
import type { Client } from '../shared/rpc/contract.ts'
import type { Store } from '../store/store.ts'

/** What every workflow works with: what is kept, and what computes. The engine may be another process or this one. */
export interface Library {
  readonly store: Store
  readonly engine: Client<typeof engineContract>
}
