/** A sweep from YAML. */
import { type Document, parseDocument } from 'yaml'
import type { z } from 'zod'
import { Sweep } from '../../shared/domain/sweep.ts'
import { placeIn } from '../../shared/textPlace.ts'
import { issueInWords } from './issueInWords.ts'
import { SweepError } from './sweepError.ts'
import { sweepSource, type SweepSource } from './sweepSource.ts'

export interface ReadSweep {
  readonly sweep: Sweep
  readonly source: SweepSource
}

/** Throws SweepError with the place of what is no YAML, or of the option that does not fit. */
export function readSweep(text: string): ReadSweep {
  const document = parseDocument(text, { prettyErrors: false })
  const [broken] = document.errors
  if (broken) {
    const [start, end] = broken.pos
    throw new SweepError(`this is no YAML: ${broken.message}`, placeIn(text, start, end - start))
  }
  const source = sweepSource(text, document)
  const parsed = Sweep.safeParse(valueOf(document) ?? {})
  if (parsed.success) return { sweep: parsed.data, source }
  throw misfit(parsed.error.issues[0]!, source)
}

/** Aliases can make a few lines stand for billions of values. */
function valueOf(document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 })
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new SweepError(`its aliases cannot be followed (${why})`, undefined, undefined, { cause })
  }
}

function misfit(issue: z.core.$ZodIssue, source: SweepSource): SweepError {
  const { path, message, key } = innermost(issue)
  const option = path.map(String).join('.')
  const known = key === undefined ? '' : `; there are ${knownKeys(path)}`
  const where = option === '' ? '' : `${option}: `
  return new SweepError(`${where}${message}${known}`, source.placeAt(path, key), option)
}

interface Misfit {
  readonly path: readonly PropertyKey[]
  readonly message: string
  /** The name that is not known. */
  readonly key?: string | undefined
}

/** What may be written in several ways is judged by the way that it comes nearest to. */
function innermost(issue: z.core.$ZodIssue, outer: readonly PropertyKey[] = []): Misfit {
  const path = [...outer, ...issue.path]
  if (issue.code === 'unrecognized_keys') return { path, message: issue.message, key: issue.keys[0] } // prettier-ignore
  if (issue.code !== 'invalid_union') return { path, message: issueInWords(issue) }
  const ways = issue.errors.flatMap(([first]) => (first ? [innermost(first, path)] : []))
  const [near] = ways.sort((a, b) => depth(b) - depth(a))
  return near ?? { path, message: issueInWords(issue) }
}

const depth = ({ path, key }: Misfit): number => path.length + (key === undefined ? 0 : 1)

function knownKeys([first]: readonly PropertyKey[]): string {
  if (first === 'halving') return 'keep, epochs'
  const options = Object.keys(Sweep.shape.base.unwrap().shape)
  return first === undefined ? Object.keys(Sweep.shape).join(', ') : options.join(', ')
}
