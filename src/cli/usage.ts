/** The help texts. */
import { commonOptions } from './parse.ts'
import type { OptionSpec, Verb } from './verb.ts'

export const notice = 'Research use only. Not a medical device.'

export function overview(program: string, verbs: readonly Verb[]): string {
  return [
    'Pneumoscope trains, judges and uses networks for chest X-ray screening.',
    notice,
    '',
    `usage: ${program} VERB [options]`,
    '',
    ...aligned(verbs.map((verb) => [verb.name, verb.summary])),
    '',
    `${program} VERB --help tells more; ${program} --version tells the version.`,
    'Exit status: 0 all done, 1 some inputs failed, 2 the call is wrong, 3 the engine failed.',
  ].join('\n')
}

export const usageLine = (program: string, { name, usage }: Verb): string =>
  `usage: ${program} ${name} ${usage}`.trimEnd()

export function verbHelp(program: string, verb: Verb): string {
  const options = Object.entries({ ...verb.options, ...commonOptions })
  return [
    usageLine(program, verb),
    '',
    `${verb.summary}.`,
    '',
    ...aligned(options.map(([name, option]) => [spelled(name, option), option.help])),
  ].join('\n')
}

const spelled = (name: string, { value }: OptionSpec) =>
  value === undefined ? `--${name}` : `--${name} ${value}`

function aligned(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length))
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`)
}
