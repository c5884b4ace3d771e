/** DICOM films as data sets: trained on, evaluated, screened, and named by a DICOMDIR. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { run } from '../../src/cli/run.ts'
import { localClient } from '../../src/cli/localEngine.ts'
import { engineHandlers } from '../../src/engine/handlers.ts'
import { openDicom } from '../../src/engine/images/dicom/openDicom.ts'
import {
  dicomFile,
  elementBytes,
  type Written,
} from '../../src/engine/images/dicom/testing/writeDicom.ts'
import { loadedModels } from '../../src/engine/predict/loadModel.ts'
import { engineContract } from '../../src/shared/contracts/engine.ts'
import { writeDicomFilm } from '../e2e/dicomFilm.ts'

let root = ''
const at = (...names: string[]) => join(root, ...names)

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'pneumoscope-dicom-'))
  process.env['PNEUMOSCOPE_CACHE'] = at('cache')
  await writeFilms('films')
})
afterAll(async () => {
  loadedModels.clear()
  await rm(root, { recursive: true, force: true })
})

/** Two classes of 16 patients, whose files say more than they otherwise would. */
async function writeFilms(folder: string, more: readonly Written[] = []) {
  for (const [name, haze] of [
    ['NORMAL', 0],
    ['PNEUMONIA', 0.8],
  ] as const) {
    await mkdir(at(folder, name), { recursive: true })
    for (let patient = 0; patient < 16; patient++) {
      writeDicomFilm(at(folder, name), `${patient}`, {
        ...{ rows: 56, columns: 64, haze: haze + patient / 200, more },
        ...{ patientId: `${name}-${patient}`, patientName: `Patient^${name}${patient}` },
      })
    }
  }
}

async function cli(...words: string[]) {
  const [out, err]: [string[], string[]] = [[], []]
  const status = await run([...words, '--json'], {
    stdout: { write: (text) => out.push(text) },
    stderr: { write: (text) => err.push(text) },
    engine: localClient(engineContract, engineHandlers()),
    signal: new AbortController().signal,
  })
  const lines = out.join('').trimEnd().split('\n')
  return {
    status,
    stderr: err.join(''),
    lines: lines.map((line) => JSON.parse(line) as Record<string, unknown>),
  }
}

/** By file name: the rest of its row. */
async function screened(...inputs: string[]): Promise<Map<string, string[]>> {
  const input = inputs.flatMap((path) => ['--input', path])
  const words = [
    'screen',
    '--model',
    at('run'),
    '--out',
    at('scores.csv'),
    '--precision',
    'float32',
  ]
  await cli(...words, ...input)
  const rows = (await readFile(at('scores.csv'), 'utf8')).trimEnd().split('\r\n').slice(1)
  return new Map(rows.map((row) => [row.split(',')[0]!, row.split(',').slice(1)]))
}

test('a folder of DICOM films without extensions is trained on, by patients, and evaluated', async () => {
  const words = ['train', '--data', at('films'), '--preset', 'digits', '--epochs', '3']
  const trained = await cli(...words, '--batch', '8', '--seed', '1', '--out', at('run'))
  expect(trained.status).toBe(0)
  const evaluated = await cli('evaluate', '--model', at('run'), '--data', at('films'))
  expect(evaluated.status).toBe(0)
  expect(evaluated.lines[0]).toMatchObject({ n: 32 })
})

test('a film scores alike whether its low values are said to be black or white', async () => {
  const plain = writeDicomFilm(root, 'plain.dcm', { haze: 0.3 })
  const { dataSet } = openDicom(await readFile(plain))
  const value = dataSet.value(0x7fe0_0010)!
  const words = new Uint16Array(Uint8Array.from(value).buffer)
  const negative = new Uint8Array(words.map((each) => 4095 - each).buffer)
  const more: Written[] = [
    [0x0028_0004, 'CS', 'MONOCHROME1'],
    // LINEAR counts from half a step below: the mirrored window lies one lower (C.11.2.1.2.1).
    [0x0028_1050, 'DS', '2048'],
    [0x7fe0_0010, 'OW', negative],
  ]
  const mirrored = writeDicomFilm(root, 'mirrored.dcm', { haze: 0.3, more })
  const rows = await screened(plain, mirrored)
  const [first, second] = [rows.get(plain)!, rows.get(mirrored)!]
  expect(Number(second[0])).toBeCloseTo(Number(first[0]), 3)
})

test('screening says where a file’s window shows nothing, and refuses what is cut off', async () => {
  const more: Written[] = [
    [0x0028_1050, 'DS', '60000'],
    [0x0028_1051, 'DS', '10'],
  ]
  const odd = writeDicomFilm(root, 'odd.dcm', { more })
  const cut = at('cut.dcm')
  await writeFile(cut, (await readFile(odd)).subarray(0, -50))
  const rows = await screened(odd, cut)
  expect(rows.get(odd)!.join()).toContain('its own range is used')
  expect(rows.get(cut)!.slice(0, 4)).toEqual(expect.arrayContaining(['error']))
})

test('inspect tells the stored values of such a film, and that its window shows nothing', async () => {
  const { lines } = await cli('inspect', at('odd.dcm'))
  expect(lines[0]).toMatchObject({ storedMin: 600, storedMax: 3300, windowMissed: true })
})

test('inspect tells whose a film is only when asked', async () => {
  const { lines } = await cli('inspect', at('odd.dcm'))
  expect(JSON.stringify(lines)).not.toMatch(/Zebedee|ID4711|2024-02-29/)
  const asked = await cli('inspect', at('odd.dcm'), '--phi')
  expect(asked.lines[0]).toMatchObject({
    patient: { patientName: 'Zebedee, Quentin', patientId: 'ID4711', studyDate: '2024-02-29' },
  })
})

test('a DICOMDIR brings the films that it names, and none from outside its folder', async () => {
  await mkdir(at('disc', 'IMAGES'), { recursive: true })
  writeDicomFilm(at('disc', 'IMAGES'), 'A1', {})
  writeDicomFilm(at('disc', 'IMAGES'), 'A2', { haze: 0.5 })
  const record = (path: string) => {
    const content = elementBytes([0x0004_1500, 'CS', path])
    return Buffer.concat([Buffer.from([0xfe, 0xff, 0, 0xe0, content.length, 0, 0, 0]), content])
  }
  const names = ['IMAGES\\A1', 'IMAGES\\A2', '..\\plain.dcm', 'IMAGES\\GONE']
  const directory = dicomFile('1.2.840.10008.1.2.1', [
    [0x0004_1220, 'SQ', Buffer.concat(names.map(record))],
    [0x0008_0016, 'UI', '1.2.840.10008.1.3.10'],
  ])
  await writeFile(at('disc', 'DICOMDIR'), directory)
  const { lines } = await cli('inspect', at('disc', 'DICOMDIR'))
  const files = lines.map(({ file }) => String(file))
  expect(files.filter((file) => /IMAGES.A[12]$/.test(file))).toHaveLength(2)
  expect(files.join()).not.toContain('plain')
})

test('copies without patients and reports come from the command line', async () => {
  const copied = await cli('deidentify', at('films', 'NORMAL'), '--out', at('copies'))
  expect(copied.status).toBe(0)
  expect(copied.lines.at(-1)).toMatchObject({ written: 16, lookFirst: 0, refused: 0 })
  expect(new Set(copied.lines.slice(0, 16).map(({ patient }) => patient)).size).toBe(16)
  const again = await cli('deidentify', at('films', 'NORMAL'), '--out', at('copies'))
  expect(again.status).toBe(2)
  const words = ['report', '--model', at('run'), '--input', at('plain.dcm'), '--out', at('reports')]
  const reported = await cli(...words)
  expect(reported.lines[0]).toMatchObject({ objects: ['0001-sr.dcm', '0001-sc.dcm'] })
})

test('a film whose polarity is turned has the score of a file that says so itself', async () => {
  const size = { rows: 56, columns: 64, haze: 0.4 }
  await mkdir(at('plain'))
  await mkdir(at('said'))
  writeDicomFilm(at('plain'), 'film', size)
  writeDicomFilm(at('said'), 'film', { ...size, more: [[0x0028_0004, 'CS', 'MONOCHROME1']] })
  const [plain] = [...(await screened(at('plain'))).values()]
  const [said] = [...(await screened(at('said'))).values()]
  const words = ['screen', '--model', at('run'), '--out', at('turned.csv')]
  const figures = await cli(...words, '--precision', 'float32', '--input', at('plain'), '--polarity', 'turned') // prettier-ignore
  expect(figures.lines.at(-1)).toMatchObject({ turned: 1 })
  const [, row = ''] = (await readFile(at('turned.csv'), 'utf8')).split('\r\n')
  expect(row).toContain('black and white exchanged')
  expect(Number(row.split(',')[1])).toBeCloseTo(Number(said![0]), 6)
  expect(Number(row.split(',')[1])).not.toBeCloseTo(Number(plain![0]), 6)
})

test('films whose polarity is turned train and are evaluated as films whose files say so themselves', async () => {
  await writeFilms('inverted', [[0x0028_0004, 'CS', 'MONOCHROME1']])
  const train = async (data: string, out: string, ...more: string[]) => {
    const words = ['train', '--data', at(data), '--preset', 'digits', '--epochs', '1']
    const { status } = await cli(...words, '--batch', '8', '--seed', '1', '--out', at(out), ...more)
    expect(status).toBe(0)
    return readFile(at(out, 'best', 'weights.bin'))
  }
  const said = await train('inverted', 'of-said')
  const turned = await train('films', 'of-turned', '--polarity', 'turned')
  expect(turned.equals(said)).toBe(true)
  expect(turned.equals(await train('films', 'of-plain'))).toBe(false)
  expect(await readFile(at('of-turned', 'best', 'model.json'), 'utf8')).toContain(
    'black and white exchanged in 32 of 32 films',
  )

  const evaluated = async (data: string, ...more: string[]) => {
    const out = at(`${data}-scores.csv`)
    const words = ['evaluate', '--model', at('of-said'), '--data', at(data), '--out', out]
    expect((await cli(...words, ...more)).status).toBe(0)
    const [, ...rows] = (await readFile(out, 'utf8')).trimEnd().split('\r\n')
    return rows.map((row) => row.split(',')[3])
  }
  const scores = await evaluated('inverted')
  expect(await evaluated('films', '--polarity', 'turned')).toEqual(scores)
  expect(await evaluated('films')).not.toEqual(scores)
  await writeFile(at('some.txt'), 'NORMAL/0\n')
  const some = await evaluated('films', '--polarity', at('some.txt'))
  expect(some.filter((score, row) => score === scores[row])).toHaveLength(1)
})
