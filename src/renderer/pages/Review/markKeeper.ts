import type { Mark, Ruler } from '../../../shared/domain/mark.ts'
import type { Api } from '../../api.ts'
import type { Notices } from '../../state/notices.svelte.ts'
import type { History } from './history.ts'

/** Writes what is drawn into the library, film by film, and knows how to take it back. */
export class MarkKeeper {
  /** What each pane shows again after an undo. */
  onrestored: (imageId: string, marks: readonly Mark[]) => void = () => undefined

  constructor(
    private readonly api: Pick<Api, 'writeFilmMarks'>,
    private readonly history: History,
    private readonly notices: Pick<Notices, 'attempt'>,
  ) {}

  changed(imageId: string, ruler: Ruler, before: readonly Mark[], after: readonly Mark[]) {
    this.history.add({
      imageId,
      undo: async () => {
        await this.#write(imageId, ruler, before)
        this.onrestored(imageId, before)
        return after.length > before.length ? 'Drawing taken back.' : 'As it was drawn before.'
      },
    })
    void this.notices.attempt(() => this.#write(imageId, ruler, after))
  }

  #write = (imageId: string, ruler: Ruler, marks: readonly Mark[]) =>
    this.api.writeFilmMarks({ imageId, ruler, marks: [...marks] })
}
