import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { patientKeys } from '../data/patient.ts'
import { surveyFolder } from '../data/survey.ts'
import { readRaster } from '../images/readRaster.ts'
import { generateFilms, paintPlanned } from './generateFilms.ts'
import { opacityKinds } from './opacity.ts'
import { planFilms } from './plan.ts'

let parent = ''
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'samples-'))
})
afterEach(() => rm(parent, { recursive: true }))
const quiet = { signal: new AbortController().signal, report: () => undefined }

/** A line through the burned-in word. */
const word = (pixels: Uint8Array, size: number) =>
  pixels.slice((size - 7) * size + 24, (size - 7) * size + 72).join()

test('the films import as two classes with several patients, each marked synthetic', async () => {
  const folder = join(parent, 'films')
  expect(await generateFilms({ folder, count: 21, seed: 3, size: 96 }, quiet)).toEqual({
    folder,
    films: 21,
  })
  const { layout, classes, films, refused, patientRule } = await surveyFolder(
    { paths: [folder] },
    quiet,
  )
  expect([layout, classes, films.length, refused]).toEqual([
    'classes',
    ['NORMAL', 'PNEUMONIA'],
    21,
    [],
  ])
  expect(patientRule).toContain('bacteria')
  for (const { path } of films) {
    const film = await readRaster(path)
    expect([film.rows, film.columns, film.samplesPerPixel, film.synthetic]).toEqual([
      96,
      96,
      1,
      true,
    ])
  }
})

test('the same seed makes the same files, another seed others', async () => {
  const make = async (name: string, seed: number) => {
    const folder = join(parent, name)
    await generateFilms({ folder, count: 4, seed, size: 64 }, quiet)
    const [first] = await readdir(join(folder, 'PNEUMONIA'))
    return readFile(join(folder, 'PNEUMONIA', first!))
  }
  const once = await make('a', 1)
  expect((await make('b', 1)).equals(once)).toBe(true)
  expect((await make('c', 2)).equals(once)).toBe(false)
})

test('a folder that holds anything is left alone; a cancel leaves nothing', async () => {
  await writeFile(join(parent, 'mine.txt'), 'x')
  const order = { count: 4, seed: 1, size: 64 }
  await expect(generateFilms({ ...order, folder: parent }, quiet)).rejects.toMatchObject({
    code: 'CONFLICT',
  })
  const controller = new AbortController()
  controller.abort()
  await expect(
    generateFilms(
      { ...order, folder: join(parent, 'new') },
      { ...quiet, signal: controller.signal },
    ),
  ).rejects.toMatchObject({ code: 'CANCELLED' })
  expect(await readdir(parent)).toEqual(['mine.txt'])
})

test('patients have several films, of one class, and every kind of opacity comes up', () => {
  const films = planFilms(400, 1)
  const { keys } = patientKeys(films.map((film) => film.fileName))
  const classesOf = new Map<string, Set<string>>()
  films.forEach(({ className }, at) => {
    classesOf.set(keys[at]!, (classesOf.get(keys[at]!) ?? new Set<string>()).add(className))
  })
  expect([...classesOf.values()].every((classes) => classes.size === 1)).toBe(true)
  expect(classesOf.size).toBeGreaterThan(150)
  expect(classesOf.size).toBeLessThan(320)
  expect(new Set(films.map((film) => film.fileName)).size).toBe(400)
  expect(new Set(films.flatMap((film) => film.opacities))).toEqual(new Set(opacityKinds))
})

test('outside the lungs the classes look alike: the burned-in word is the same, and so are the corners', () => {
  const size = 96
  const films = planFilms(240, 2).map((film) => ({ ...film, pixels: paintPlanned(film, 2, size) }))
  expect(new Set(films.map(({ pixels }) => word(pixels, size))).size).toBe(1)
  /** Distance of the class means of a region, in standard errors. */
  const apart = (region: (pixels: Uint8Array) => Uint8Array) => {
    const of = (name: string) => {
      const means = films
        .filter((film) => film.className === name)
        .map(({ pixels }) => region(pixels).reduce((sum, value) => sum + value, 0))
      const mean = means.reduce((sum, value) => sum + value, 0) / means.length
      const variance =
        means.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (means.length - 1)
      return { mean, error: variance / means.length }
    }
    const [normal, sick] = [of('NORMAL'), of('PNEUMONIA')]
    return Math.abs(normal.mean - sick.mean) / Math.sqrt(normal.error + sick.error)
  }
  // The shoulders, and the belly beside the word.
  expect(apart((pixels) => pixels.subarray(0, 6 * size))).toBeLessThan(3)
  expect(apart((pixels) => pixels.subarray((size - 4) * size))).toBeLessThan(3)
})

test('an opacity changes the lungs and nothing else of a film', () => {
  const size = 96
  for (const film of planFilms(80, 4).filter(({ className }) => className === 'PNEUMONIA')) {
    const sick = paintPlanned(film, 4, size)
    const healthy = paintPlanned({ ...film, opacities: [] }, 4, size)
    const changed = sick.filter((value, at) => value !== healthy[at]).length / sick.length
    expect(changed).toBeGreaterThan(0.002)
    // The lungs take up to some 55 % of a film.
    expect(changed).toBeLessThan(0.6)
    // No lung reaches the upper corners, and none shows through the word.
    for (const left of [0, size - 8]) {
      for (let row = 0; row < 8; row++) {
        const from = row * size + left
        expect(sick.subarray(from, from + 8)).toEqual(healthy.subarray(from, from + 8))
      }
    }
    expect(word(sick, size)).toBe(word(healthy, size))
    // What changes gets denser, so brighter.
    const sum = (pixels: Uint8Array) => pixels.reduce((total, value) => total + value, 0)
    expect(sum(sick)).toBeGreaterThan(sum(healthy))
  }
})
