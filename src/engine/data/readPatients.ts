/** Patients read by rules that a person wrote. */
import { runInNewContext } from 'node:vm'
import { z } from 'zod'
import type { PatientRule } from '../../shared/domain/split.ts'
import { keyOfMatch, subjectOf } from '../../shared/split/patientRules.ts'

export interface FilmOfRules {
  /** From the data set's folder on, with / between folders. */
  readonly path: string
  /** What a DICOM file said of its patient. */
  readonly dicomPatient?: string | undefined
}

export interface ReadPatients {
  /** A film that no rule reads is its own patient, keyed by its path. */
  readonly keys: string[]
  /** The rule that read each film; null where none did. */
  readonly rules: (number | null)[]
  /** Why a rule's pattern cannot be used, in the order of the rules. */
  readonly problems: (string | null)[]
}

/** Longer than any sound pattern takes for a hundred thousand names. */
const patternLimitMs = 3000

/**
 * The first rule that reads a film gives its patient. A pattern that is no regular expression, or that takes too long
 * (nested repeats can take for ever), is told as a problem and reads nothing.
 */
export function readPatients({
  rules,
  films,
}: {
  readonly rules: readonly PatientRule[]
  readonly films: readonly FilmOfRules[]
}): ReadPatients {
  const read = rules.map((rule) => keysBy(rule, films))
  const ruleOf = films.map((_, at) => read.findIndex(({ keys }) => keys[at] !== undefined))
  return {
    keys: films.map(({ path }, at) => read[ruleOf[at]!]?.keys[at] ?? path),
    rules: ruleOf.map((index) => (index < 0 ? null : index)),
    problems: read.map(({ problem }) => problem ?? null),
  }
}

interface Keys {
  readonly keys: readonly (string | undefined)[]
  readonly problem?: string
}

function keysBy(rule: PatientRule, films: readonly FilmOfRules[]): Keys {
  if (rule.from === 'dicom') return { keys: films.map(({ dicomPatient }) => dicomPatient) }
  const subjects = films.map(({ path }) => subjectOf(rule, path))
  try {
    const matches = matchAll(rule.pattern, subjects)
    return { keys: matches.map((match) => match && keyOfMatch(match)) }
  } catch (cause) {
    return { keys: [], problem: problemOf(cause) }
  }
}

const Matches = z.array(z.array(z.string()).nullable())

/** Runs where it can be stopped: a regular expression holds its thread until it has an answer. */
function matchAll(pattern: string, subjects: readonly string[]): (string[] | undefined)[] {
  // As texts, since arrays of another context are none of this one's.
  const answer: unknown = runInNewContext(
    `const expression = new RegExp(pattern, 'i')
     JSON.stringify(JSON.parse(subjects).map((subject) => {
       const match = expression.exec(subject)
       return match ? Array.from(match, (group) => group ?? '') : null
     }))`,
    { pattern, subjects: JSON.stringify(subjects) },
    { timeout: patternLimitMs },
  )
  return Matches.parse(JSON.parse(String(answer))).map((match) => match ?? undefined)
}

function problemOf(cause: unknown): string {
  const words = cause instanceof Error ? cause.message : String(cause)
  return words.includes('timed out')
    ? 'This pattern takes too long: avoid repeats within repeats, such as (a+)+'
    : words
}
