import type { NotationReading } from '../../../shared/domain/notation.ts'
import { AppError } from '../../../shared/errors.ts'
import { inferShapes } from '../shapes.ts'
import { NotationError } from './notation.ts'
import { parseNotation } from './parse.ts'
import { printNotation } from './print.ts'
import { notationSpec, type Ends } from './toSpec.ts'

/** A text as a network that fits its input, or what is wrong with it and where: for a person who types. */
export function readNotation({ text, input, classes }: Ends & { text: string }): NotationReading {
  try {
    const notation = parseNotation(text)
    const spec = notationSpec(notation, { input, classes })
    inferShapes(spec)
    return { kind: 'network', notation: printNotation(notation), spec }
  } catch (cause) {
    if (cause instanceof NotationError) {
      const { message, position, length } = cause
      return { kind: 'mistake', message, position, length }
    }
    // The layers are well written, but do not fit this input: that concerns the text as a whole.
    if (cause instanceof AppError && cause.code === 'BAD_INPUT') {
      return { kind: 'mistake', message: cause.message, position: 0, length: text.length }
    }
    throw cause
  }
}
