import type { Api } from '../api.ts'
import type { Navigation } from '../state/navigation.svelte.ts'
import type { Notices } from '../state/notices.svelte.ts'
import type { Status } from '../state/status.svelte.ts'

/** What the shell hands to every page. */
export interface PageProps {
  readonly api: Api
  readonly navigation: Navigation
  readonly notices: Notices
  readonly status: Status
}
