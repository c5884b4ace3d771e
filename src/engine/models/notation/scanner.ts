/** The characters of a notation, read from left to right. */
import { NotationError } from './notation.ts'

/** Single characters that stand for a fraction. */
const fractions: Readonly<Record<string, number>> = {
  ...{ '½': 1 / 2, '⅓': 1 / 3, '⅔': 2 / 3, '¼': 1 / 4, '¾': 3 / 4, '⅕': 1 / 5, '⅖': 2 / 5, '⅗': 3 / 5 },
  ...{ '⅘': 4 / 5, '⅙': 1 / 6, '⅚': 5 / 6, '⅐': 1 / 7, '⅛': 1 / 8, '⅜': 3 / 8, '⅝': 5 / 8, '⅞': 7 / 8 },
  ...{ '⅑': 1 / 9, '⅒': 1 / 10 },
} // prettier-ignore

const separator = /[\s,]/
/** What ends a word beside a separator. */
const ends = /[\s,():]/

export class Scanner {
  #at = 0

  constructor(readonly text: string) {}

  get at(): number {
    return this.#at
  }

  get isAtEnd(): boolean {
    return this.#at >= this.text.length
  }

  skipSeparators(): void {
    while (!this.isAtEnd && separator.test(this.text[this.#at]!)) this.#at++
  }

  /** Whether the text goes on like this, whatever the case of its letters. */
  sees(wanted: string): boolean {
    const found = this.text.slice(this.#at, this.#at + wanted.length)
    return found.toLowerCase() === wanted.toLowerCase()
  }

  /** Goes past `wanted` if it comes next. */
  takes(wanted: string): boolean {
    const isNext = this.sees(wanted)
    if (isNext) this.#at += wanted.length
    return isNext
  }

  /** A whole number; undefined where none comes next. */
  whole(): number | undefined {
    const digits = this.#match(/^\d+/)
    return digits === undefined ? undefined : Number(digits)
  }

  /** 0.2, .2 or 1e-4; undefined where none comes next. */
  decimal(): number | undefined {
    const digits = this.#match(/^(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?/i)
    return digits === undefined ? undefined : Number(digits)
  }

  /** ¼, 1/4, 0.25 or 25%; undefined where none comes next. */
  share(): number | undefined {
    const sign = this.text[this.#at]
    const fraction = sign === undefined ? undefined : fractions[sign]
    if (fraction !== undefined) {
      this.#at++
      return fraction
    }
    const quotient = this.#match(/^\d+[/⁄]\d+/)
    if (quotient !== undefined) {
      const [above, below] = quotient.split(/[/⁄]/).map(Number)
      return above! / below!
    }
    const value = this.decimal()
    return value !== undefined && this.takes('%') ? value / 100 : value
  }

  /** Throws unless a word ends here; `may` says what could follow. */
  endOfWord(may: string): void {
    if (this.isAtEnd || ends.test(this.text[this.#at]!)) return
    throw this.mistake(`«${this.word()}» cannot stand here; ${may}`)
  }

  /** What comes next up to a separator; never empty before the end. */
  word(from = this.#at): string {
    let to = from + 1
    while (to < this.text.length && !ends.test(this.text[to]!)) to++
    return this.text.slice(from, to)
  }

  /** A mistake at `from`, as long as what was read since, or as the word that comes next. */
  mistake(message: string, from = this.#at): NotationError {
    const length = this.#at > from ? this.#at - from : this.word(from).length
    return new NotationError(message, this.text, from, Math.max(1, length))
  }

  #match(pattern: RegExp): string | undefined {
    const found = pattern.exec(this.text.slice(this.#at))?.[0]
    if (found !== undefined) this.#at += found.length
    return found
  }
}
