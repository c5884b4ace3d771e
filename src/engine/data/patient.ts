/** Who a film belongs to, as far as its name tells: films of one patient never stand on both sides of a split. */
import { keyOfMatch, subjectOf, usualPatientRules } from '../../shared/split/patientRules.ts'

const rules = usualPatientRules
  .filter(({ from }) => from !== 'dicom')
  .map((rule) => ({ ...rule, expression: new RegExp(rule.pattern, 'i') }))

/** Patient keys of all films of a data set, and the rules that read them in words. */
export interface PatientKeys {
  /** In the order of the paths. A film that no rule reads is its own patient, keyed by its path. */
  readonly keys: readonly string[]
  /** Undefined where every film is its own patient. */
  readonly rule: string | undefined
}

/** Reads patients from paths relative to the data set's root, with / between folders, by the usual rules. */
export function patientKeys(paths: readonly string[]): PatientKeys {
  const used = new Set<string>()
  const keys = paths.map((path) => {
    for (const { expression, words, ...rule } of rules) {
      const match = expression.exec(subjectOf(rule, path))
      const key = match ? keyOfMatch(match) : undefined
      if (key === undefined) continue
      used.add(words)
      return key
    }
    return path
  })
  const words = rules.filter((rule) => used.has(rule.words)).map((rule) => rule.words)
  return { keys, rule: words.length === 0 ? undefined : words.join('; ') }
}

/** A folder that stands for a patient, an examination or a series, also by its UID, never for a class. */
export const isPatientFolder = (name: string): boolean =>
  /^(?:(?:patient|pat|pt|subject|sub|case|study|series|exam)[-_ ]?\d+|(?:p|pa)\d{2,8}|(?:s|st|se|ser)\d{6,9}|\d+(?:\.\d+){3,})$/i.test(
    name,
  )
