/** docs/cli.md tells every verb and option; `npx vitest run src/cli/commandPage.test.ts -u` writes what it says of them anew. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { format, resolveConfig } from 'prettier'
import { expect, test } from 'vitest'
import { commonOptions } from './parse.ts'
import type { OptionSpec, Verb } from './verb.ts'
import { verbs } from './verbs.ts'

const file = fileURLToPath(new URL('../../docs/cli.md', import.meta.url))

/** What HTML and tables of Markdown would take for theirs. */
const plain = (words: string) => words.replace(/[|<>]/g, (sign) => `\\${sign}`)

const optionTable = (options: Readonly<Record<string, OptionSpec>>): string =>
  [
    '| Option | |\n| --- | --- |',
    ...Object.entries(options).map(([name, { value, help, multiple }]) => {
      const spelled = `\`--${name}${value === undefined ? '' : ` ${value.replaceAll('|', '\\|')}`}\``
      return `| ${spelled} | ${plain(help)}${multiple ? '; may be given several times' : ''} |`
    }),
  ].join('\n')

const verbTable = (): string =>
  [
    '| Verb | What it does |\n| --- | --- |',
    ...verbs.map(({ name, summary }) => `| [\`${name}\`](#${name}) | ${plain(summary)} |`),
  ].join('\n')

const usage = ({ name, usage: rest }: Verb): string =>
  `\`\`\`\npneumoscope ${name} ${rest}`.trimEnd() + '\n```'

const table = /^\|.*\|$(\n\|.*\|$)*/m

/** The section with the usage, the summary and the options of its verb; what a person wrote below them stays. */
function sectionOf(verb: Verb, text = ''): string {
  const own = text.replace(/^```\npneumoscope [^`]*```\n*/, '').replace(/^[^\n]*\n*/, '')
  const options = Object.keys(verb.options).length > 0 ? optionTable(verb.options) : ''
  const words = options === '' ? own : own.replace(/^\|.*\|(\n\|.*\|)*\n*/, '')
  return [usage(verb), `${verb.summary}.`, options, words.trim()].filter(Boolean).join('\n\n')
}

test('the page of the command line tells every verb and every option, as its help does', async () => {
  const [head = '', ...sections] = readFileSync(file, 'utf8').split(/^## /m)
  const written = new Map(
    sections.map((section) => {
      const [title = '', ...lines] = section.split('\n')
      return [title, lines.join('\n').trim()]
    }),
  )
  const shared = written.get('What all verbs share') ?? ''
  const page = [
    head.replace(table, verbTable()),
    `What all verbs share\n\n${shared.replace(table, optionTable(commonOptions))}`,
    ...verbs.map((verb) => `${verb.name}\n\n${sectionOf(verb, written.get(verb.name))}`),
  ].join('\n\n## ')
  const config = await resolveConfig(file)
  await expect(await format(page, { ...config, parser: 'markdown' })).toMatchFileSnapshot(file)
})
