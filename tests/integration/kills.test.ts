/**
 * Programs that are killed at random moments of an export, a migration, a training and a screening. PNEUMOSCOPE_KILLS says how
 * often each (10), PNEUMOSCOPE_SEED draws other moments. Imports have a test of their own (importCrash.test.ts).
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { below, randomStream } from '../../src/engine/data/random.ts'
import { unzipPackage } from '../../src/engine/exchange/packageZip.ts'
import { loadPackage, savePackage } from '../../src/engine/models/package.ts'
import { tinyCard, tinyGolden, tinyWeights } from '../../src/engine/models/testing/tinyPackage.ts'
import { recoverFolder } from '../../src/files/commitFolder.ts'
import { openDatabase } from '../../src/store/database.ts'
import { openLibraryFolder } from '../../src/store/libraryFolder.ts'
import { migrate, migrations, versionOf } from '../../src/store/migrate.ts'
import { openStore } from '../../src/store/store.ts'
import { buildPrograms } from './builtPrograms.ts'
import { tinyPlan, writeFilms } from './films.ts'
import { runProgram } from './killedProgram.ts'

let built = ''
const root = mkdtempSync(join(tmpdir(), 'pneumoscope-kills-'))
const kills = Number(process.env['PNEUMOSCOPE_KILLS'] ?? 10)
const random = randomStream(Number(process.env['PNEUMOSCOPE_SEED'] ?? 1), 'kills')

beforeAll(async () => {
  built = await buildPrograms('kills')
}, 300_000)
afterAll(() => {
  for (const folder of [root, built]) rmSync(folder, { recursive: true, force: true })
})

const runAndKill = (script: string, args: readonly string[], afterMs: number) =>
  runProgram(join(built, script), args, { afterMs, cache: join(root, 'cache') })

test(`of ${kills} killed exports every package and zip is an old one or a new one, whole`, async () => {
  const from = join(root, 'package')
  const place = join(root, 'exports')
  const model = join(place, 'model')
  mkdirSync(place)
  await savePackage(from, tinyCard, tinyWeights, { golden: tinyGolden })
  let acknowledged = -1
  for (let kill = 0; kill < kills; kill++) {
    const { said } = await runAndKill('victim.js', ['export', place, from], below(random, 60))
    // Counting begins anew with each program.
    acknowledged = said.length - 1
    await recoverFolder(model)
    const { manifest } = await loadPackage(model)
    expect(Number(manifest.name.split(' ')[1])).toBeGreaterThanOrEqual(acknowledged)
    await unzipPackage(join(place, 'model.zip'), join(root, 'unzipped'))
  }
}, 3_600_000)

test(`of ${kills} killed migrations every library has its old version or the new one, with all its rows`, async () => {
  const rows = 20_000
  const old = join(root, 'old.sqlite')
  const database = openDatabase(old)
  migrate(database, migrations.slice(0, 1))
  database.transaction(() => {
    const insert = database.prepare('INSERT INTO setting (key, value) VALUES (:key, :value)')
    for (let n = 0; n < rows; n++) insert.run({ key: `key-${n}`, value: 'x'.repeat(100) })
  })
  database.close()
  const bytes = readFileSync(old)
  const seen = new Set<number>()
  for (let kill = 0; kill < kills; kill++) {
    const folder = openLibraryFolder(mkdtempSync(join(root, 'library-')))
    writeFileSync(folder.database, bytes)
    await runAndKill('victim.js', ['migrate', folder.root], below(random, 250))
    const after = openDatabase(folder.database)
    seen.add(versionOf(after))
    expect(after.prepare('PRAGMA integrity_check').get()).toMatchObject({ integrity_check: 'ok' })
    expect(after.prepare('SELECT count(*) AS rows FROM setting').get()).toMatchObject({ rows })
    after.close()
    expect([1, migrations.length]).toContain([...seen].at(-1))
    // No repair by a person: it opens, and is up to date.
    const store = openStore(folder, 'test')
    expect(store.settings.read('key-19999')).toBe('x'.repeat(100))
    store.close()
    rmSync(folder.root, { recursive: true, force: true })
  }
  console.log(`versions seen after a kill: ${[...seen].join(', ')}`)
}, 3_600_000)

test(`a training killed ${kills} times ends with the weights of an undisturbed one`, async () => {
  const films = await writeFilms(join(root, 'films'), 32)
  const planFile = (name: string, resume: boolean) => {
    const file = join(root, `${name}.json`)
    const plan = tinyPlan(join(root, name), films, { epochs: 60 })
    writeFileSync(file, JSON.stringify({ ...plan, resume }))
    return file
  }
  const weights = (name: string) => readFileSync(join(root, name, 'best', 'weights.bin'))
  await runAndKill('victim.js', ['train', planFile('whole', false)], Infinity)
  let killed = 0
  for (let round = 0; killed < kills; round++) {
    const name = `killed-${round}`
    for (;;) {
      const resume = ['checkpoint.bin', 'best'].some((made) => existsSync(join(root, name, made)))
      const afterMs = killed < kills ? below(random, 1500) : Infinity
      const ended = await runAndKill('victim.js', ['train', planFile(name, resume)], afterMs)
      if (!ended.killed) break
      killed++
    }
    expect(weights(name).equals(weights('whole'))).toBe(true)
  }
}, 3_600_000)

test(`of ${kills} killed screenings none leaves a half table, and the next one is whole`, async () => {
  const films = join(root, 'screened')
  await writeFilms(films, 60)
  const model = join(root, 'whole', 'best')
  const out = join(root, 'scores.csv')
  const words = ['screen', '--model', model, '--input', films, '--out', out, '--json']
  await runAndKill('cli.js', words, Infinity)
  const whole = readFileSync(out, 'utf8')
  expect(whole.trimEnd().split('\n')).toHaveLength(61)
  for (let kill = 0; kill < kills; kill++) {
    rmSync(out)
    await killedAt('cli.js', words, below(random, 2500))
    if (existsSync(out)) expect(readFileSync(out, 'utf8')).toBe(whole)
    else writeFileSync(out, '')
  }
  rmSync(out)
  await runAndKill('cli.js', words, Infinity)
  expect(readFileSync(out, 'utf8')).toBe(whole)
}, 3_600_000)

/** As `runAndKill`, but from the start of the process on: a screening says nothing until its end. */
function killedAt(script: string, args: readonly string[], afterMs: number): Promise<void> {
  const child = spawn(process.execPath, [join(built, script), ...args], { stdio: 'ignore' })
  const timer = setTimeout(() => child.kill('SIGKILL'), afterMs)
  return new Promise((resolve) =>
    child.on('close', () => {
      clearTimeout(timer)
      resolve()
    }),
  )
}
