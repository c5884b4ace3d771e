/** What stands after `D:`. */
import { defaults, type Dense } from './notation.ts'
import { dropoutRate, layerSize } from './parseNumbers.ts'
import type { Scanner } from './scanner.ts'

const MAX_L2 = 10
const mayStand = 'in D: there are units (16, 16R, 16n), d½ and L2'

type Open = Omit<Dense, 'l2'> & { readonly l2?: number }

/** Reads dense layers up to the end. Throws NotationError. */
export function parseDense(scanner: Scanner): Dense[] {
  let layers: Open[] = []
  for (;;) {
    scanner.skipSeparators()
    if (scanner.isAtEnd) return layers.map((layer) => ({ ...layer, l2: layer.l2 ?? 0 }))
    const from = scanner.at
    if (scanner.sees('C:')) throw scanner.mistake('the convolutions (C:) come before the dense layers (D:)') // prettier-ignore
    if (scanner.takes('L2')) layers = penalised(scanner, layers, from)
    else if (scanner.sees('d')) layers = withDropout(scanner, layers)
    else layers = [...layers, parseLayer(scanner)]
  }
}

/** `L2` acts on all dense layers before it that have no factor yet. */
function penalised(scanner: Scanner, layers: readonly Open[], from: number): Open[] {
  const l2 = factor(scanner)
  if (layers.every((layer) => layer.l2 !== undefined)) {
    throw scanner.mistake('there is no dense layer before this L2 that has none yet', from)
  }
  return layers.map((layer) => ({ ...layer, l2: layer.l2 ?? l2 }))
}

function factor(scanner: Scanner): number {
  if (!scanner.takes('(')) {
    scanner.endOfWord('L2 stands alone or with its factor: L2(0.001)')
    return defaults.l2
  }
  const from = scanner.at
  const value = scanner.decimal()
  if (value === undefined) throw scanner.mistake('the factor of L2 is missing: L2(0.001)', from)
  if (value > MAX_L2) throw scanner.mistake(`a factor of L2 is from 0 to ${MAX_L2}`, from)
  if (!scanner.takes(')')) throw scanner.mistake('the bracket behind L2 is not closed')
  return value
}

function withDropout(scanner: Scanner, layers: readonly Open[]): Open[] {
  const from = scanner.at
  const dropout = dropoutRate(scanner)
  const last = layers.at(-1)
  if (!last) throw scanner.mistake('there is no dense layer before this dropout', from)
  if (last.dropout !== undefined) {
    throw scanner.mistake('this layer has its dropout already', from)
  }
  return [...layers.slice(0, -1), { ...last, dropout }]
}

function parseLayer(scanner: Scanner): Open {
  const units = layerSize(scanner, 'units', mayStand)
  let [isNormalised, hasRelu] = [false, false]
  for (;;) {
    const from = scanner.at
    const letter = ['n', 'R'].find((option) => scanner.takes(option))
    if (letter === undefined) break
    if (letter === 'n' ? isNormalised : hasRelu) {
      throw scanner.mistake(`«${letter}» is one too many here`, from)
    }
    if (letter === 'n') isNormalised = true
    else hasRelu = true
  }
  scanner.endOfWord('behind a number of units may stand n and R')
  return { units, isNormalised, hasRelu }
}
