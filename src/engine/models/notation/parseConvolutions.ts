/** What stands between `C:` and `D:`. */
import { defaults, type Convolution, type Group } from './notation.ts'
import { dropoutRate, layerSize } from './parseNumbers.ts'
import type { Scanner } from './scanner.ts'

const PAIR = 2
/** Letters that say the same thing. */
const sameKind: Readonly<Record<string, string>> = { '×': 'x', v: 's' }
const MAX_SIDE = 64
const mayStand = 'in C: there are filters (16, 16n, 16x5, 16s, 16v), p3, d¼ and ( … )'

/** Reads groups up to `D:` or the end. Throws NotationError. */
export function parseConvolutions(scanner: Scanner): Group[] {
  const groups = new Groups()
  for (;;) {
    scanner.skipSeparators()
    if (scanner.isAtEnd || scanner.sees('D:')) return groups.finished()
    if (scanner.takes('(')) groups.addClosed(parseBracket(scanner))
    else if (scanner.sees('p')) groups.pool(scanner, poolSize(scanner))
    else if (scanner.sees('d')) {
      const from = scanner.at
      groups.dropout(scanner, dropoutRate(scanner), from)
    } else groups.add(parseConvolution(scanner))
  }
}

interface Open {
  convolutions: Convolution[]
  pool?: number
  dropout?: number
  isClosed: boolean
}

/** Convolutions fall into pairs; `p`, `d` and brackets close a group of another size. */
class Groups {
  readonly #groups: Open[] = []

  add(convolution: Convolution): void {
    const last = this.#groups.at(-1)
    if (last && !last.isClosed) {
      last.convolutions.push(convolution)
      last.isClosed = last.convolutions.length === PAIR
    } else this.#groups.push({ convolutions: [convolution], isClosed: false })
  }

  addClosed(convolutions: Convolution[]): void {
    const last = this.#groups.at(-1)
    if (last) last.isClosed = true
    this.#groups.push({ convolutions, isClosed: true })
  }

  pool(scanner: Scanner, { from, side }: { from: number; side: number }): void {
    const last = this.#groups.at(-1)
    if (!last) throw scanner.mistake('there are no convolutions before this pooling', from)
    if (last.dropout !== undefined) {
      throw scanner.mistake('the pooling of a group comes before its dropout', from)
    }
    if (last.pool !== undefined) throw scanner.mistake('this group has its pooling already', from)
    last.pool = side
    last.isClosed = true
  }

  dropout(scanner: Scanner, rate: number, from: number): void {
    const last = this.#groups.at(-1)
    if (!last) throw scanner.mistake('there are no convolutions before this dropout', from)
    if (last.dropout !== undefined) {
      throw scanner.mistake('this group has its dropout already', from)
    }
    last.dropout = rate
    last.isClosed = true
  }

  finished(): Group[] {
    return this.#groups.map(({ convolutions, pool, dropout }) => ({
      convolutions,
      pool: pool ?? defaults.pool,
      ...(dropout !== undefined && { dropout }),
    }))
  }
}

function parseBracket(scanner: Scanner): Convolution[] {
  const from = scanner.at - 1
  const convolutions: Convolution[] = []
  for (;;) {
    scanner.skipSeparators()
    if (scanner.takes(')')) {
      if (convolutions.length > 0) return convolutions
      throw scanner.mistake('a group needs a convolution', from)
    }
    if (scanner.isAtEnd) throw scanner.mistake('this bracket is not closed', from)
    convolutions.push(parseConvolution(scanner))
  }
}

function parseConvolution(scanner: Scanner): Convolution {
  const filters = layerSize(scanner, 'filters', mayStand)
  let convolution: Convolution = { filters, kernel: defaults.kernel, isNormalised: false }
  const given = new Set<string>()
  for (;;) {
    const from = scanner.at
    const letter = ['x', '×', 'n', 's', 'v'].find((option) => scanner.takes(option))
    if (letter === undefined) break
    const kind = sameKind[letter] ?? letter
    if (given.has(kind)) throw scanner.mistake(`«${letter}» is one too many here`, from)
    given.add(kind)
    if (kind === 'x') convolution = { ...convolution, kernel: side(scanner, 'kernel', from) }
    else if (letter === 'n') convolution = { ...convolution, isNormalised: true }
    else convolution = { ...convolution, padding: letter === 's' ? 'same' : 'valid' }
  }
  if (scanner.sees('R')) {
    throw scanner.mistake('R is for dense layers; a convolution always has its relu')
  }
  scanner.endOfWord('behind a number of filters may stand x5, n, s and v')
  return convolution
}

function poolSize(scanner: Scanner): { from: number; side: number } {
  const from = scanner.at
  scanner.takes('p')
  const size = side(scanner, 'pooling window', from)
  if (size < 2) throw scanner.mistake('a pooling window has a side of 2 or more', from)
  scanner.endOfWord('a pooling is p and a number, such as p3')
  return { from, side: size }
}

function side(scanner: Scanner, what: string, from: number): number {
  const value = scanner.whole()
  if (value === undefined) throw scanner.mistake(`the side of the ${what} is missing`, from)
  if (value >= 1 && value <= MAX_SIDE) return value
  throw scanner.mistake(`the side of a ${what} is from 1 to ${MAX_SIDE}`, from)
}
