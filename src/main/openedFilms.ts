/** Films that a call of the program names, a file manager's for one: kept until the window takes them. */
import type { Source } from '../shared/contracts/appAreas/program.ts'
import { createChanges } from './changes.ts'
import type { Sources } from './sources.ts'

export type OpenedFilms = ReturnType<typeof createOpenedFilms>

export function createOpenedFilms(sources: Pick<Sources, 'add'>) {
  const waiting: Source[] = []
  const changes = createChanges()
  return {
    /** Throws NOT_FOUND when one of them is not there. */
    async add(paths: readonly string[]): Promise<void> {
      if (paths.length === 0) return
      waiting.push(await sources.add(paths))
      changes.notify()
    },
    /** Hands each over once, those that wait already at once, until `signal` aborts. */
    watch: (signal: AbortSignal, report: (source: Source) => void): Promise<void> =>
      changes.watch(signal, () => {
        for (const source of waiting.splice(0)) report(source)
        return true
      }),
  }
}
