/** The table of a benchmark, in Markdown. */
import { cpus, release, totalmem, type as system } from 'node:os'
import type { Answer, Task } from './contestant.ts'
import { ratios, timing } from './measure.ts'

/** By round. The first warms both up (tracing, autotuning, the disk's cache) and is not counted. */
export interface Rounds {
  readonly ours: Answer[]
  readonly keras: Answer[]
}

export interface BenchResult {
  readonly films: number
  readonly command: string
  readonly rounds: Readonly<Record<Task, Rounds>>
  /** Programs that wanted a processor when it began, on average over a minute. */
  readonly loadBefore: number
}

const rows: readonly { task: Task; title: string; each: 'films' | 'one' }[] = [
  { task: 'train', title: 'Training, one epoch (decode, augment, batch 32)', each: 'films' },
  { task: 'screen', title: 'Screening JPEG files (decode to probability)', each: 'films' },
  { task: 'screenExact', title: 'The same with `--precision float32`', each: 'films' },
  { task: 'single', title: 'One film, warm (decode to probability)', each: 'one' },
]

export function report({ films, command, rounds, loadBefore }: BenchResult): string {
  const versions = {
    ...Object.fromEntries(versionsOf('Pneumoscope', rounds.train.ours)),
    ...Object.fromEntries(versionsOf('Keras', rounds.train.keras)),
  }
  const count = rounds.train.ours.length - 1
  return `# Benchmarks

\`pneumonia-vgg-lite\` (224×224×3, 11,169,089 parameters, Adam) here and in Keras, by turns in one run on the same
files. Ratio: Keras' time over ours in the same round, so above 1 we are faster; median, and the least and most of
${count} rounds. One round before them is not counted. Our epoch includes what Keras has behind it after its first
call: building and optimising the graph.

| | Pneumoscope | Keras | ratio (least–most) | ratio of processor time |
| --- | --- | --- | --- | --- |
${rows.map((row) => line(row, rounds[row.task], films)).join('\n')}
| Peak memory of a process that trained one epoch | ${peak(rounds.train.ours[0])} | ${peak(rounds.train.keras[0])} | | |
| Peak memory of the same process after all rounds of everything | ${peak(rounds.single.ours.at(-1))} | ${peak(rounds.single.keras.at(-1))} | | |

- Films: ${films}. Command: \`${command}\`
- Our screening was computed in ${rounds.screen.ours
    .slice(1)
    .map(({ precision }) => precision ?? '?')
    .join(', ')} (by round).
- Machine: ${cpus()[0]?.model.trim() ?? 'unknown'}, ${cpus().length} threads, ${(totalmem() / 2 ** 30).toFixed(0)} GB; ${system()} ${release()}
- ${Object.entries(versions)
    .map(([name, version]) => `${name}: ${version}`)
    .join('; ')}
- Measured on ${new Date().toISOString().slice(0, 10)}. Numbers of a machine that does other work meanwhile are worth
  little: the load was ${loadBefore.toFixed(1)} when this began (idle is 0), and the spread tells the rest. The ratio of
  processor time is hardly changed by it.
`
}

function line(
  { title, each }: { readonly title: string; readonly each: 'films' | 'one' },
  rounds: Rounds,
  films: number,
): string {
  const [ours, keras] = [rounds.ours.slice(1), rounds.keras.slice(1)]
  const seconds = (answers: readonly Answer[]) => answers.map((answer) => answer.seconds)
  const shown = (answers: readonly Answer[]) => {
    const { median } = timing(seconds(answers))
    return each === 'one'
      ? `${(median * 1000).toFixed(0)} ms`
      : `${(films / median).toFixed(1)} films/s`
  }
  const ratio = timing(ratios(seconds(ours), seconds(keras)))
  const processor = timing(
    ratios(
      ours.map((answer) => answer.processorSeconds),
      keras.map((answer) => answer.processorSeconds),
    ),
  )
  const spread = `${ratio.median.toFixed(2)} (${ratio.least.toFixed(2)}–${ratio.most.toFixed(2)})`
  return `| ${title} | ${shown(ours)} | ${shown(keras)} | ${spread} | ${processor.median.toFixed(2)} |`
}

/** Of a process, largest so far. */
const peak = (answer: Answer | undefined) => `${((answer?.peakBytes ?? NaN) / 1e9).toFixed(2)} GB`

const versionsOf = (name: string, [first]: readonly Answer[]): [string, string][] => [
  [
    name,
    Object.entries(first?.versions ?? {})
      .map(([part, version]) => `${part} ${version}`)
      .join(', '),
  ],
]
