import type { z } from 'zod'

const kinds: Readonly<Record<string, string>> = {
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  string: 'a text',
  array: 'a list',
  object: 'a group of options',
}

/** What would fit, for a person who knows YAML but no schema. */
export function issueInWords(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `${kinds[issue.expected] ?? issue.expected} is expected`
    case 'too_small':
      return issue.origin === 'array' || issue.origin === 'string'
        ? `at least ${String(issue.minimum)} ${issue.origin === 'array' ? 'values' : 'characters'}`
        : `${issue.inclusive === false ? 'more than' : 'at least'} ${String(issue.minimum)} is expected`
    case 'too_big':
      return issue.origin === 'array' || issue.origin === 'string'
        ? `at most ${String(issue.maximum)} ${issue.origin === 'array' ? 'values' : 'characters'}`
        : `${issue.inclusive === false ? 'less than' : 'at most'} ${String(issue.maximum)} is expected`
    case 'invalid_value':
      return `one of ${issue.values.map(String).join(', ')} is expected`
    case 'invalid_format':
      return issue.message.startsWith('Invalid') ? 'this is written in another way' : issue.message
    default:
      return issue.message
  }
}
