import { toAppError } from '../../../shared/errors.ts'
import { loadFilm } from '../../viewer/loadFilm.ts'
import type { Viewer } from '../../viewer/viewer.svelte.ts'
import type { Status } from '../../state/status.svelte.ts'
import { FilmCache } from './filmCache.ts'
import { survivingCrash } from './survivingCrash.ts'

/** Brings the selected film's pixels into the viewer and has those of its neighbours ready. */
export class FilmOnScreen {
  #problem = $state<string | undefined>()
  #ms = $state<number | undefined>()
  #wanted: string | undefined
  readonly #films: FilmCache
  /** Why the film cannot be shown. */
  readonly problem = $derived(this.#problem)
  /** From asking for it to having it, milliseconds. */
  readonly ms = $derived(this.#ms)

  constructor(
    private readonly viewer: Viewer,
    status: Pick<Status, 'engine'>,
  ) {
    this.#films = new FilmCache((imageId) => survivingCrash(status, () => loadFilm(imageId)))
  }

  async show(imageId: string | undefined, neighbours: readonly string[]) {
    const asked = performance.now()
    this.#wanted = imageId
    this.#problem = undefined
    this.#ms = undefined
    const known = imageId === undefined ? undefined : this.#films.peek(imageId)
    // Never one patient's film under another's name: until the right one is here, the pane is black.
    this.viewer.show(known)
    if (imageId === undefined) return
    try {
      const film = await this.#films.get(imageId)
      if (imageId !== this.#wanted) return
      if (!known) this.viewer.show(film)
      this.#ms = performance.now() - asked
      // A neighbour that cannot be read says so once it is chosen.
      for (const neighbour of neighbours) this.#films.get(neighbour).catch(() => undefined)
    } catch (cause) {
      if (imageId === this.#wanted) this.#problem = toAppError(cause).message
    }
  }
}
