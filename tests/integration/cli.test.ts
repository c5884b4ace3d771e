import { copyFile, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { run } from '../../src/cli/run.ts'
import { localClient } from '../../src/cli/localEngine.ts'
import { engineHandlers } from '../../src/engine/handlers.ts'
import { loadedModels } from '../../src/engine/predict/loadModel.ts'
import { engineContract } from '../../src/shared/contracts/engine.ts'
import { writeFilms } from './films.ts'

let root = ''
let films: Awaited<ReturnType<typeof writeFilms>> = []
const at = (...names: string[]) => join(root, ...names)
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'pneumoscope-cli-'))
  process.env['PNEUMOSCOPE_CACHE'] = at('cache')
  films = await writeFilms(at('films'), 60)
})
afterAll(async () => {
  loadedModels.clear()
  await rm(root, { recursive: true, force: true })
})

/** Runs the command in this process; lines of standard output are parsed. */
async function cli(words: readonly string[], signal = new AbortController().signal) {
  const out: string[] = []
  const err: string[] = []
  const status = await run([...words, '--json'], {
    stdout: { write: (text) => out.push(text) },
    stderr: { write: (text) => err.push(text) },
    engine: localClient(engineContract, engineHandlers()),
    signal,
  })
  const lines = out.join('').trimEnd().split('\n')
  return {
    status,
    lines: lines.map((line) => JSON.parse(line) as Record<string, unknown>),
    stderr: err.join(''),
  }
}

test('from folder to CSV: train, evaluate, screen', async () => {
  const words = ['train', '--data', at('films'), '--preset', 'digits', '--epochs', '3']
  const trained = await cli([...words, '--batch', '8', '--out', at('run')])
  expect(trained.stderr).toContain('to watch')
  expect(trained.status).toBe(0)
  expect(trained.lines).toHaveLength(4)
  expect(Object.keys(trained.lines[0]!)).toEqual([
    ...['epoch', 'loss', 'accuracy', 'valLoss', 'valAccuracy', 'valAuc', 'seconds'],
    'imagesPerSecond',
  ])
  const last = trained.lines.at(-1)!
  expect(last['model']).toBe(at('run', 'best'))
  expect(last['test']).toMatchObject({ n: expect.any(Number) as number })

  const evaluated = await cli(['evaluate', '--model', at('run'), '--data', at('films')])
  expect(evaluated.status).toBe(0)
  expect(evaluated.lines[0]).toMatchObject({ n: 60, threshold: 0.5 })
  for (const key of ['auc', 'aucCi95', 'sensitivity', 'specificity', 'ppv', 'npv', 'f1', 'brier']) {
    expect(evaluated.lines[0]).toHaveProperty(key)
  }

  await mkdir(at('inbox'))
  await copyFile(films[0]!.path, at('inbox', '=cmd.png'))
  await copyFile(films[1]!.path, at('inbox', 'b.png'))
  await writeFile(at('inbox', 'c.png'), (await readFile(films[1]!.path)).subarray(0, 90))
  const order = ['screen', '--model', at('run', 'best'), '--input', at('inbox')]
  const screened = await cli([...order, '--out', at('scores.csv')])
  expect(screened.status).toBe(1)
  expect(screened.lines[0]).toMatchObject({ file: at('inbox', 'c.png') })
  expect(screened.lines.at(-1)).toMatchObject({ images: 3, failed: 1 })
  const rows = (await readFile(at('scores.csv'), 'utf8')).trimEnd().split('\r\n')
  expect(rows[0]).toBe('file,probability,prediction,threshold,status,message')
  expect(rows[1]).toMatch(/=cmd\.png,0\.\d+,(NORMAL|PNEUMONIA),0\.5,ok,$/)
  expect(rows[3]).toMatch(/c\.png,,,0\.5,error,.+/)

  const explained = await cli([...order, '--out', at('again.csv'), '--explain', at('maps')])
  expect(explained.status).toBe(1)
  expect((await readdir(at('maps'))).sort()).toEqual(['1-=cmd.png', '2-b.png', 'explanations.csv'])
  const [head, ...pictures] = (await readFile(at('maps', 'explanations.csv'), 'utf8')).trimEnd().split('\r\n') // prettier-ignore
  expect(head).toBe('file,picture,method,layer,class,probability,model,outside')
  expect(pictures).toHaveLength(2)
  for (const row of pictures) expect(row).toMatch(/,grad-cam,conv2d_\d,\w+,[\d.]+,[^,]+,[A-Z_ ]*$/)
})

test('films changed where no disease is are scored with the evaluation', async () => {
  const words = ['evaluate', '--model', at('run'), '--data', at('films'), '--shortcuts']
  const { status, lines } = await cli(words)
  expect(status).toBe(0)
  expect(lines).toHaveLength(1)
  const shortcuts = lines[0]!['shortcuts'] as Record<string, unknown>[]
  expect(shortcuts.map(({ change }) => change)).toEqual([
    ...['blank-borders', 'blank-corners', 'hidden-marks', 're-encoded', 'mirrored'],
  ])
  for (const figures of shortcuts) expect(figures).toMatchObject({ films: 60 })
})

test('a threshold, a calibration and zones are chosen on films, kept in the package and in the trail', async () => {
  const library = ['--library', at('decided')]
  const [model] = (await cli(['models', 'import', at('run', 'best'), ...library])).lines
  const decide = (data: string, ...more: string[]) =>
    cli(['models', 'decide', String(model!['id']), '--data', data, ...more, ...library])
  const chosen = await decide(at('films'), '--goal', 'sensitivity>=0.9', '--calibration', 'platt', '--risk', '0.05') // prettier-ignore
  expect(chosen.stderr).not.toContain('Error')
  expect(chosen.status).toBe(0)
  const on = { name: 'films', films: 60, positives: 30, patients: 60 }
  const [line] = chosen.lines
  expect(line).toMatchObject({
    operatingPoint: { goal: { kind: 'sensitivity', atLeast: 0.9 }, on, threshold: line!['threshold'], modelHash: line!['modelHash'] }, // prettier-ignore
    calibration: { map: { kind: 'platt' }, on, modelHash: line!['modelHash'] },
    zones: { missAtMost: 0.05, falseAlarmAtMost: 0.1, on },
  })
  const shown = await cli(['models', 'show', String(model!['id']), ...library])
  expect(shown.lines[0]).toMatchObject({ threshold: line!['threshold'] })
  // The same films in the library are the same set.
  await cli(['import', at('films'), '--name', 'Films', ...library])
  const back = await decide('Films', '--calibration', 'none')
  expect(back.status).toBe(2)
  expect(back.stderr).toContain('no labelled validation films')
  const taken = await decide(at('films'), '--calibration', 'none')
  expect(taken.lines[0]).toMatchObject({ calibration: null })
  const scoring = ['--model', String(model!['id']), ...library]
  await cli(['screen', '--input', at('films'), '--out', at('trailed.csv'), ...scoring])
  await cli(['evaluate', '--data', at('films'), ...scoring])
  const trail = await cli(['audit', '--out', at('trail.csv'), ...library])
  expect(trail.lines[0]).toMatchObject({ whole: true })
  const events = (await readFile(at('trail.csv'), 'utf8')).split('\r\n').map((row) => row.split(',')[2]) // prettier-ignore
  expect(events.filter((event) => event === 'threshold')).toHaveLength(2)
  expect(events.filter((event) => event === 'predict')).toHaveLength(2)
})

test('nothing is chosen on test films, nor without words for what to choose', async () => {
  const library = ['--library', at('decided')]
  await mkdir(at('parts', 'test', 'NORMAL'), { recursive: true })
  await mkdir(at('parts', 'test', 'PNEUMONIA'), { recursive: true })
  await copyFile(films[0]!.path, at('parts', 'test', 'NORMAL', 'a.png'))
  await copyFile(films[1]!.path, at('parts', 'test', 'PNEUMONIA', 'b.png'))
  const [model] = (await cli(['models', 'import', at('run', 'best'), ...library])).lines
  const words = ['models', 'decide', String(model!['id']), ...library]
  const onTest = await cli([...words, '--data', at('parts'), '--goal', 'youden'])
  expect([onTest.status, onTest.stderr]).toEqual([2, expect.stringContaining('nothing is chosen on them')]) // prettier-ignore
  const mute = await cli([...words, '--data', at('films')])
  expect([mute.status, mute.stderr]).toEqual([2, expect.stringContaining('What to choose?')])
  const vague = await cli([...words, '--data', at('films'), '--goal', 'best'])
  expect([vague.status, vague.stderr]).toEqual([2, expect.stringContaining('sensitivity>=0.95')])
})

test("a folder of MNIST's idx files is trained on at its own size", async () => {
  const bytes = (...values: number[]) => Uint8Array.from(values)
  const four = (value: number) => [0, 0, 0, value]
  const count = 40
  const pixels = Array.from({ length: count * 16 * 16 }, (_, at) => (at * 37) % 256)
  await mkdir(at('idx'))
  await writeFile(
    at('idx', 'train-images-idx3-ubyte'),
    bytes(0, 0, 8, 3, ...four(count), ...four(16), ...four(16), ...pixels),
  )
  const labels = Array.from({ length: count }, (_, film) => film % 2)
  await writeFile(
    at('idx', 'train-labels-idx1-ubyte'),
    bytes(0, 0, 8, 1, ...four(count), ...labels),
  )
  const words = ['train', '--data', at('idx'), '--spec', 'C: 8 8 D: 8R', '--epochs', '1']
  const trained = await cli([...words, '--out', at('idx-run')])
  expect(trained.stderr).not.toContain('could not')
  expect(trained.status).toBe(0)
  expect(trained.lines).toHaveLength(2)
})

test('train goes on where it was stopped, with the settings that it began with', async () => {
  const stopper = new AbortController()
  const engine = localClient(engineContract, engineHandlers())
  const stopping = {
    ...engine,
    train: (plan: Parameters<typeof engine.train>[0]) =>
      engine.train(plan, {
        signal: stopper.signal,
        onProgress: (progress) => {
          if (progress.kind === 'epoch' && progress.report.epoch === 1) stopper.abort()
        },
      }),
  }
  const words = ['train', '--data', at('films'), '--preset', 'digits', '--epochs', '3']
  const silent = { write: () => true }
  const status = await run([...words, '--batch', '8', '--out', at('stopped')], {
    ...{ stdout: silent, stderr: silent, engine: stopping, signal: stopper.signal },
  })
  expect(status).toBe(0)
  const resume = ['train', '--data', at('films'), '--resume', at('stopped')]
  const { lines, status: resumed } = await cli(resume)
  expect(resumed).toBe(0)
  expect(lines.slice(0, -1).map((line) => line['epoch'])).toEqual([2, 3])
})

test('a data set of the library is trained by name, and its model is kept, shown and exported', async () => {
  const library = ['--library', at('library')]
  const imported = await cli(['import', at('films'), '--name', 'Tiny films', ...library])
  expect(imported.status).toBe(0)
  expect(imported.lines[0]).toMatchObject({
    ...{ dataset: 'Tiny films', images: 60, classes: { NORMAL: 30, PNEUMONIA: 30 } },
    ...{ patients: 60, duplicates: 0, skipped: [] },
  })
  const words = ['train', '--data', 'Tiny films', '--preset', 'digits', '--epochs', '1']
  const trained = await cli([...words, ...library])
  expect(trained.stderr).not.toContain('Error')
  expect(trained.status).toBe(0)
  const { lines } = await cli(['models', ...library])
  expect(lines).toHaveLength(2)
  const model = lines.find((line) => line['name'] !== 'bundled')!
  expect(model).toMatchObject({ trainedOn: 'Tiny films', threshold: 0.5 })
  const name = String(model['name'])
  await mkdir(at('exported'))
  const exported = await cli(['models', 'export', name, '--to', at('exported'), ...library])
  expect(exported.status).toBe(0)
  const again = await cli(['models', 'import', String(exported.lines[0]!['folder']), ...library])
  expect(again.lines[0]).toMatchObject({ name, params: model['params'] })
  const id = String(model['id'])
  const intoNew = ['models', 'export', id, '--to', at('not', 'there'), '--format', 'zip']
  const zipped = await cli([...intoNew, ...library])
  expect(zipped.status, zipped.stderr).toBe(0)
  const file = String(zipped.lines[0]!['folder'])
  const unzipped = await cli(['models', 'import', file, ...library])
  expect(unzipped.status, unzipped.stderr).toBe(0)
  expect((await cli(['models', ...library])).lines).toHaveLength(4)
})

test('folders that cannot be trained on are refused with the reason', async () => {
  await mkdir(at('empty'))
  const train = (data: string) => cli(['train', '--data', data, '--preset', 'digits'])
  const empty = await train(at('empty'))
  expect([empty.status, empty.stderr]).toEqual([2, expect.stringContaining('no class folders')])
  const unknown = await cli([
    'train',
    '--data',
    'Unknown',
    '--preset',
    'digits',
    '--library',
    at('l'),
  ])
  expect(unknown.status).toBe(2)
  expect(unknown.stderr).toContain('«Unknown» is neither a folder nor a data set')
})
