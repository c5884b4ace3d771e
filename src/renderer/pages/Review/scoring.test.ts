import { expect, test } from 'vitest'
import { AppError } from '../../../shared/errors.ts'
import type { EngineStatus } from '../../../shared/domain/status.ts'
import { Scoring } from './scoring.svelte.ts'
import { predictionOf } from './testFilms.ts'

const turn = (ms = 0) => new Promise((resolve) => setTimeout(resolve, ms))
const ready = { engine: { kind: 'restarting', reason: '', attempt: 1 } as EngineStatus }

/** An engine that answers when it is told to. */
function engine() {
  const asked: string[] = []
  const answers = new Map<string, (failure?: Error) => void>()
  const predict = ({ imageId }: { imageId: string }) =>
    new Promise<ReturnType<typeof predictionOf>>((resolve, reject) => {
      asked.push(imageId)
      answers.set(imageId, (failure) =>
        failure ? reject(failure) : resolve(predictionOf(imageId, 0.5)),
      )
    })
  return { asked, answers, api: { predict } }
}

test('the film on the screen is asked for at once, its neighbours one after the other', async () => {
  const { asked, answers, api } = engine()
  const got: string[] = []
  const scoring = new Scoring(api, ready, ({ imageId }) => got.push(imageId))
  scoring.want(['a', 'b', 'c'])
  expect(asked).toEqual(['a'])
  answers.get('a')!()
  await turn()
  expect(asked).toEqual(['a', 'b'])
  scoring.want(['d', 'e'])
  expect(asked).toEqual(['a', 'b', 'd'])
  answers.get('b')!()
  answers.get('d')!()
  await turn()
  expect(asked).toEqual(['a', 'b', 'd', 'e'])
  expect(got).toEqual(['a', 'b', 'd'])
})

test('a key held down asks for two films at most, and for the last one', async () => {
  const { asked, answers, api } = engine()
  const scoring = new Scoring(api, ready, () => undefined)
  for (const id of ['a', 'b', 'c', 'd', 'e']) scoring.want([id])
  expect(asked).toEqual(['a', 'b'])
  answers.get('a')!()
  await turn()
  expect(asked).toEqual(['a', 'b', 'e'])
})

test('a film that cannot be scored keeps the reason until it is tried again', async () => {
  const { asked, answers, api } = engine()
  const scoring = new Scoring(api, ready, () => undefined)
  scoring.want(['a'])
  answers.get('a')!(new AppError('TRUNCATED', 'a.jpeg ends early'))
  await turn()
  expect(scoring.problems.get('a')).toBe('a.jpeg ends early')
  scoring.want(['a'])
  expect(asked).toEqual(['a'])
  scoring.retry('a')
  expect(scoring.problems.size).toBe(0)
  expect(asked).toEqual(['a', 'a'])
})

test('after a crash of the engine the film is asked for again once the engine is back', async () => {
  const { asked, answers, api } = engine()
  const got: string[] = []
  const status: { engine: EngineStatus } = {
    engine: { kind: 'restarting', reason: '', attempt: 1 },
  }
  const scoring = new Scoring(api, status, ({ imageId }) => got.push(imageId))
  scoring.want(['a'])
  answers.get('a')!(new AppError('DISCONNECTED', 'The other process ended'))
  await turn(400)
  expect(asked).toEqual(['a'])
  status.engine = { kind: 'stopped', reason: '' }
  await turn(400)
  expect(asked).toEqual(['a', 'a'])
  answers.get('a')!()
  await turn()
  expect(got).toEqual(['a'])
})
