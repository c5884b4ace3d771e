/** One thing that the reader did and can take back. */
export interface Deed {
  /** The film that it was done to. */
  readonly imageId: string
  /** Takes it back and says what stands now, in words for the reader. */
  readonly undo: () => Promise<string>
}

/** What was done in this sitting, verdicts and drawings alike, newest last. */
export class History {
  readonly #deeds: Deed[] = []

  add(deed: Deed) {
    this.#deeds.push(deed)
  }

  /** Forgets a deed that failed. */
  drop(deed: Deed) {
    const index = this.#deeds.indexOf(deed)
    if (index >= 0) this.#deeds.splice(index, 1)
  }

  /** Takes out the newest deed on a film that is still there. */
  pop(isThere: (imageId: string) => boolean): Deed | undefined {
    for (;;) {
      const deed = this.#deeds.pop()
      if (!deed || isThere(deed.imageId)) return deed
    }
  }
}
