import type { Film } from '../../viewer/film.ts'

/** Memory that films not on the screen may take, bytes. */
const budget = 256e6

/** Loads films once and keeps the ones used last: the neighbours of the film on the screen are there at once. */
export class FilmCache {
  readonly #films = new Map<string, Promise<Film>>()
  readonly #loaded = new Map<string, Film>()
  /** The first look that was asked for last. */
  #look:
    | { readonly address: string; readonly halvings: number; readonly film: Promise<Film> }
    | undefined

  /** A look that came before the address of its film was known. */
  #ahead: { readonly address: string; readonly film: Promise<Film> } | undefined

  /** `address` says which film and which of its frames, `halvings` how often its pixels shall be halved if possible. */
  constructor(private readonly fetch: (address: string, halvings: number) => Promise<Film>) {}

  /** Takes what was fetched ahead for whoever asks for this film first. */
  takeAhead(address: string, film: Promise<Film>) {
    this.#ahead = { address, film }
  }

  /**
   * A look at a film that is seen small, before all of its pixels come: halved so often, unless it is here already or
   * cannot be halved. One that was asked for last serves again where it is no coarser. Throws what `load` throws.
   */
  firstLook(address: string, halvings: number): Promise<Film> {
    if (this.#films.has(address)) return this.get(address)
    const last = this.#look
    if (last?.address === address && last.halvings <= halvings) return last.film
    const look = { address, halvings, film: this.#fetchLook(address, halvings) }
    this.#look = look
    look.film.catch(() => {
      if (this.#look === look) this.#look = undefined
    })
    return look.film
  }

  async #fetchLook(address: string, halvings: number): Promise<Film> {
    const film = await this.#load(address, halvings)
    if (film.halvings === 0) this.#keep(address, film)
    return film
  }

  #load(address: string, halvings: number): Promise<Film> {
    if (this.#ahead?.address !== address) return this.fetch(address, halvings)
    const ahead = this.#ahead.film.catch(() => undefined)
    this.#ahead = undefined
    return ahead.then((look) =>
      look && look.halvings <= halvings ? look : this.fetch(address, halvings),
    )
  }

  /** What is here already. */
  peek(address: string): Film | undefined {
    return this.#loaded.get(address)
  }

  get(address: string): Promise<Film> {
    const known = this.#films.get(address)
    const film = known ?? this.#fetch(address)
    // The order of a Map is that of insertion: the newest comes last.
    this.#films.delete(address)
    this.#films.set(address, film)
    return film
  }

  async #fetch(address: string): Promise<Film> {
    try {
      const film = await this.#load(address, 0)
      this.#keep(address, film)
      return film
    } catch (cause) {
      // A failure is not kept, so that trying again tries again.
      this.#films.delete(address)
      throw cause
    }
  }

  #keep(address: string, film: Film) {
    this.#loaded.set(address, film)
    if (!this.#films.has(address)) this.#films.set(address, Promise.resolve(film))
    this.#shrink(address)
  }

  #shrink(kept: string) {
    let bytes = 0
    for (const { samples } of this.#loaded.values()) bytes += samples.byteLength
    for (const [address] of [...this.#films]) {
      const film = this.#loaded.get(address)
      if (bytes <= budget || !film || address === kept) continue
      bytes -= film.samples.byteLength
      this.#films.delete(address)
      this.#loaded.delete(address)
    }
  }
}
