/** A sweep from YAML. */
import { parseDocument } from 'yaml'
import type { z } from 'zod'
import { Sweep } from '../../shared/domain/sweep.ts'
import { AppError } from '../../shared/errors.ts'

/** Throws BAD_INPUT with the line (of broken YAML) or the field that does not fit. */
export function readSweep(text: string): Sweep {
  const document = parseDocument(text, { prettyErrors: true })
  const [broken] = document.errors
  if (broken) throw new AppError('BAD_INPUT', `The sweep is no YAML: ${broken.message}`)
  // Aliases can make a few lines stand for billions of values.
  const parsed = Sweep.safeParse(document.toJS({ maxAliasCount: 100 }))
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new AppError('BAD_INPUT', `The sweep does not fit: ${inWords(issue)}`)
}

function inWords(issue: z.core.$ZodIssue | undefined): string {
  if (!issue) return 'it is empty'
  const place = issue.path.map(String).join('.')
  const isUnknown = issue.code === 'unrecognized_keys'
  const known = isUnknown ? `; there are ${Object.keys(Sweep.shape).join(', ')} and, in base and grid, the options that the handbook lists` : '' // prettier-ignore
  return `${place === '' ? 'at its top' : place}: ${issue.message}${known}`
}
