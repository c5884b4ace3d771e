import type { FilmPixels } from '../../viewer/film.ts'

/** Memory that films not on the screen may take, bytes. */
const budget = 256e6

/** Loads films once and keeps the ones used last: the neighbours of the film on the screen are there at once. */
export class FilmCache {
  readonly #films = new Map<string, Promise<FilmPixels>>()
  readonly #loaded = new Map<string, FilmPixels>()

  constructor(private readonly load: (imageId: string) => Promise<FilmPixels>) {}

  /** What is here already. */
  peek(imageId: string): FilmPixels | undefined {
    return this.#loaded.get(imageId)
  }

  get(imageId: string): Promise<FilmPixels> {
    const known = this.#films.get(imageId)
    const film = known ?? this.#fetch(imageId)
    // The order of a Map is that of insertion: the newest comes last.
    this.#films.delete(imageId)
    this.#films.set(imageId, film)
    return film
  }

  async #fetch(imageId: string): Promise<FilmPixels> {
    try {
      const film = await this.load(imageId)
      this.#loaded.set(imageId, film)
      this.#shrink(imageId)
      return film
    } catch (cause) {
      // A failure is not kept, so that trying again tries again.
      this.#films.delete(imageId)
      throw cause
    }
  }

  #shrink(kept: string) {
    let bytes = 0
    for (const { samples } of this.#loaded.values()) bytes += samples.byteLength
    for (const [imageId] of [...this.#films]) {
      const film = this.#loaded.get(imageId)
      if (bytes <= budget || !film || imageId === kept) continue
      bytes -= film.samples.byteLength
      this.#films.delete(imageId)
      this.#loaded.delete(imageId)
    }
  }
}
