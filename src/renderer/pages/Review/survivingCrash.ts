import { toAppError } from '../../../shared/errors.ts'
import type { Status } from '../../state/status.svelte.ts'

const tries = 3
const lookEveryMs = 250

/**
 * Does again what an engine's crash cut off, once the engine is back: a crash is no answer.
 * For what may be done twice without harm. Throws what the last try threw.
 */
export async function survivingCrash<T>(
  status: Pick<Status, 'engine'>,
  action: () => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await action()
    } catch (cause) {
      const { code } = toAppError(cause)
      const crashed = code === 'ENGINE_FAILED' || code === 'DISCONNECTED'
      if (!crashed || attempt === tries || status.engine.kind === 'stopped') throw cause
      await engineIsBack(status)
    }
  }
}

async function engineIsBack(status: Pick<Status, 'engine'>) {
  do {
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs))
  } while (status.engine.kind === 'restarting' || status.engine.kind === 'starting')
}
