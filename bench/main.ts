/** Trains and screens the tutorial network here and in Keras, by turns, and writes the table of both. */
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { startContestant, type Answer, type Contestant, type Task } from './contestant.ts'
import { growth, type GrowthOrder } from './growth.ts'
import { growthReport } from './growthReport.ts'
import { kerasPython } from './kerasEnvironment.ts'
import { report, type Rounds } from './report.ts'

export interface BenchOptions {
  /** Films of both classes together. */
  readonly films: number
  /** Measured rounds; one more before them is not counted. */
  readonly rounds: number
  /** Class folders to take the films from. */
  readonly data: string
  readonly cacheFolder: string
  readonly ourSide: readonly string[]
  readonly kerasSide: string
  readonly out: string
  readonly command: string
  /** Absent: no growth curves. */
  readonly growth?: GrowthOrder
}

const tasks = ['train', 'screen', 'screenExact', 'single'] as const

export async function bench(options: BenchOptions): Promise<void> {
  const python = kerasPython(options.cacheFolder)
  const folder = mkdtempSync(join(tmpdir(), 'pneumoscope-bench-films-'))
  const films = copyFilms(options.data, folder, options.films)
  const [program, ...args] = options.ourSide
  const ours = startContestant('Pneumoscope', program!, [...args, folder])
  const keras = startContestant('Keras', python, [options.kerasSide, folder])
  try {
    const loadBefore = loadavg()[0]!
    const rounds = await alternate(ours, keras, options.rounds)
    const table = report({ ...options, films, rounds, loadBefore })
    // The table is written first: the curves take longer.
    await writeFile(options.out, table)
    if (!options.growth) return
    ours.end()
    keras.end()
    await writeFile(options.out, table + growthReport(growth(options.growth)))
  } finally {
    ours.end()
    keras.end()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Each task in turn, the two one after the other; who begins changes with the round. The first round comes before those counted. */
async function alternate(
  ours: Contestant,
  keras: Contestant,
  count: number,
): Promise<Record<Task, Rounds>> {
  const result = {
    train: emptyRounds(),
    screen: emptyRounds(),
    screenExact: emptyRounds(),
    single: emptyRounds(),
  }
  for (let round = 0; round <= count; round++) {
    for (const task of tasks) {
      const answers = new Map<Contestant, Answer>()
      for (const contestant of round % 2 === 0 ? [ours, keras] : [keras, ours]) {
        const answer = await contestant.ask(task)
        answers.set(contestant, answer)
        process.stderr.write(
          `round ${round} ${task} ${contestant.name}: ${answer.seconds.toFixed(3)} s\n`,
        )
      }
      result[task].ours.push(answers.get(ours)!)
      result[task].keras.push(answers.get(keras)!)
    }
  }
  return result
}

const emptyRounds = () => ({ ours: [] as Answer[], keras: [] as Answer[] })

/** As many films of each class, copied so that both read the same files. Returns their number. */
function copyFilms(data: string, folder: string, count: number): number {
  const classes = readdirSync(data, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  let copied = 0
  for (const { name } of classes) {
    mkdirSync(join(folder, name))
    const files = readdirSync(join(data, name))
      .sort()
      .slice(0, Math.floor(count / classes.length))
    for (const file of files) copyFileSync(join(data, name, file), join(folder, name, file))
    copied += files.length
  }
  if (copied === 0 || !existsSync(folder)) throw new Error(`${data} holds no class folders`)
  return copied
}
