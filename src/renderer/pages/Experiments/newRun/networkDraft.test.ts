import { expect, test } from 'vitest'
import type { NotationReading } from '../../../../shared/domain/notation.ts'
import { testRun } from '../../../../shared/domain/testing/testRun.ts'
import { TrainingSettings } from '../../../../shared/domain/training.ts'
import { AppError } from '../../../../shared/errors.ts'
import { NetworkDraft } from './networkDraft.svelte.ts'

const { spec } = testRun()
const recipe = {
  ...{ name: 'tiny', title: '', source: '', description: '', published: '', spec },
  settings: TrainingSettings.parse({}),
}
const summary = { layers: [], totalParams: 65, trainableParams: 65, trainingBytes: 1e6, macs: 64 }

function form() {
  const answers: ((reading: NotationReading) => void)[] = []
  const asked: unknown[] = []
  const draft = new NetworkDraft({
    summarise: ({ spec }) => {
      asked.push(spec)
      return spec.input.height < 8
        ? Promise.reject(new AppError('BAD_INPUT', 'The film is too small'))
        : Promise.resolve(summary)
    },
    parseNotation: () => new Promise((resolve) => answers.push(resolve)),
  })
  draft.offer([recipe])
  draft.chooseRecipe('tiny')
  return { draft, answers, asked }
}

const network = (notation: string): NotationReading => ({ kind: 'network', notation, spec })

test('a recipe for two classes is made for as many as the films have, and says so', async () => {
  const { draft } = form()
  expect(draft.isAdapted).toBe(false)
  await draft.suit(10)
  expect(draft.isAdapted).toBe(true)
  expect(draft.spec).toMatchObject({ classes: 10, loss: { kind: 'categoricalCrossentropy' } })
  expect(draft.spec?.layers.at(-1)).toMatchObject({ units: 10, activation: 'softmax' })
})

test('a mistake in the notation is told with its place, and the table goes', async () => {
  const { draft, answers } = form()
  await draft.reckon(32)
  expect(draft.summary).toEqual(summary)
  const writing = draft.write('C: 16q')
  answers[0]!({ kind: 'mistake', message: 'q is nothing', position: 5, length: 1 })
  await writing
  expect(draft.mistake).toMatchObject({ position: 5, length: 1 })
  expect(draft.view).toMatchObject({ kind: 'problem' })
  expect(draft.spec).toBeUndefined()
})

test('the answer to an earlier key does not overwrite that to a later one', async () => {
  const { draft, answers } = form()
  const early = draft.write('C: 1')
  const late = draft.write('C: 16')
  answers[1]!(network('C: 16'))
  answers[0]!(network('C: 1'))
  await Promise.all([early, late])
  expect(draft.name).toBe('C: 16')
})

test('an input that the layers do not fit is said in place of the table', async () => {
  const { draft } = form()
  await draft.resize({ height: 4, width: 4, channels: 1 })
  await draft.reckon(32)
  expect(draft.view).toEqual({ kind: 'problem', message: 'The film is too small' })
})

test('the same network is reckoned once', async () => {
  const { draft, asked } = form()
  await draft.reckon(32)
  await draft.reckon(32)
  expect(asked).toHaveLength(1)
})
