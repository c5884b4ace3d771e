/** Numbers that mean the same in both parts of a notation. */
import type { Scanner } from './scanner.ts'

const MAX_SIZE = 65_536
const MAX_RATE = 0.99

/** Filters or units. `mayStand` says what may stand where something else does. */
export function layerSize(scanner: Scanner, what: string, mayStand: string): number {
  const from = scanner.at
  const size = scanner.whole()
  if (size === undefined) throw scanner.mistake(`what is «${scanner.word()}»? ${mayStand}`)
  if (size >= 1 && size <= MAX_SIZE) return size
  throw scanner.mistake(`there may be from 1 to 65,536 ${what}`, from)
}

/** `d` and its rate. */
export function dropoutRate(scanner: Scanner): number {
  const from = scanner.at
  scanner.takes('d')
  const rate = scanner.share()
  const ways = 'write d¼, d1/4, d0.25 or d25%'
  if (rate === undefined) throw scanner.mistake(`the rate of the dropout is missing: ${ways}`, from)
  if (rate >= 0 && rate <= MAX_RATE) {
    scanner.endOfWord(`of a dropout there is only its rate: ${ways}`)
    return rate
  }
  throw scanner.mistake(`the rate of a dropout is a share from 0 to 0.99: ${ways}`, from)
}
