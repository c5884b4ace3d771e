/** Text → network. docs/recipes.md has the grammar. */
import { parseConvolutions } from './parseConvolutions.ts'
import { parseDense } from './parseDense.ts'
import type { Notation } from './notation.ts'
import { Scanner } from './scanner.ts'

/** Reads a notation. Throws NotationError, which names the character, for what it does not understand. */
export function parseNotation(text: string): Notation {
  const scanner = new Scanner(text)
  scanner.skipSeparators()
  const hasConvolutions = scanner.takes('C:')
  const groups = hasConvolutions ? parseConvolutions(scanner) : []
  const hasDense = scanner.takes('D:')
  if (!hasConvolutions && !hasDense) {
    throw scanner.mistake(
      'a network begins with C: and its convolutions, or with D: and its dense layers',
    )
  }
  const dense = hasDense ? parseDense(scanner) : []
  if (groups.length + dense.length > 0) return { groups, dense }
  throw scanner.mistake('there is no layer: write numbers of filters after C:, of units after D:')
}
