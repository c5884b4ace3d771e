import { expect, test } from 'vitest'
import type { PredictedFilms } from '../../../../shared/domain/predictedFilm.ts'
import { PredictionSheet } from './predictionSheet.svelte.ts'

function sheet(totals: Readonly<Record<string, number>>) {
  const asked: string[] = []
  const page = new PredictionSheet(
    {
      predictedFilms: ({ part, order, limit }) => {
        asked.push(`${part} ${order} ${limit}`)
        const total = totals[part] ?? 0
        const shown: PredictedFilms = { total, scored: total, wrong: 0, films: [] }
        return Promise.resolve(shown)
      },
      startPredicting: ({ part }) => Promise.resolve({ jobId: `j-${part}` }),
    },
    'm1',
  )
  return { page, asked }
}

test('without validation films the sheet begins with all', async () => {
  const { page, asked } = sheet({ all: 9 })
  await page.open()
  expect(page.part).toBe('all')
  expect(page.shown?.total).toBe(9)
  expect(asked).toEqual(['validation mostWrong 24', 'all mostWrong 24'])
})

test('more films are shown page by page, and another part begins anew', async () => {
  const { page, asked } = sheet({ validation: 60, test: 60 })
  await page.open()
  expect(page.hasMore).toBe(true)
  await page.showMore()
  await page.sortBy('leastSure')
  await page.choosePart('test')
  expect(asked.slice(1)).toEqual([
    'validation mostWrong 48',
    'validation leastSure 48',
    'test leastSure 24',
  ])
})

test('the sheet is read anew when its own scoring ended, not with other jobs', async () => {
  const { page, asked } = sheet({ validation: 5 })
  await page.open()
  await page.score()
  expect(page.isScoring).toBe(true)
  await page.jobEnded({ id: 'other' })
  expect(asked).toHaveLength(1)
  await page.jobEnded({ id: 'j-validation' })
  expect(page.isScoring).toBe(false)
  expect(asked).toHaveLength(2)
})
