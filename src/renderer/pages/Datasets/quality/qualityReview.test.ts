import { expect, test } from 'vitest'
import type { FindingKind } from '../../../../shared/domain/findingKind.ts'
import type { Decision, Finding, Quality } from '../../../../shared/domain/quality.ts'
import { QualityReview } from './qualityReview.svelte.ts'

const image = (id: string) => ({
  ...{ id, fileName: `${id}.png`, className: 'NORMAL', patient: id },
  ...{ rows: 8, columns: 8, bytes: 64, synthetic: false },
})

const edit = (films: number) => ({
  ...{ number: 1, at: '', kind: 'edit' as const, title: `Decided on ${films} films`, films },
})

/** Main with 60 blurred films and one pair of copies, which remembers what was decided. */
function library() {
  const decided = new Map<string, Decision>()
  const steps: string[][] = []
  const finding = (kind: FindingKind, id: string, films: readonly string[]): Finding => ({
    ...{ id, kind, severity: 'medium', detail: 'It stands out' },
    films: films.map((film) => {
      const decision = decided.get(`${kind} ${film}`)
      return { image: image(film), ...(decision && { decision }) }
    }),
  })
  const all = (kind: FindingKind) =>
    kind === 'duplicate'
      ? [finding(kind, 'd', ['a', 'b'])]
      : Array.from({ length: 60 }, (_, at) => finding(kind, `f${at}`, [`film${at}`]))
  const quality: Quality = {
    ...{ checkedAt: '2024-01-01T00:00:00.000Z', excluded: 0 },
    summary: { films: 62, known: 0, unreadable: 0 },
    kinds: [
      { kind: 'duplicate', findings: 1, films: 2, open: 1, severity: 'medium' },
      { kind: 'blurred', findings: 60, films: 60, open: 60, severity: 'medium' },
    ],
  }
  const api = {
    startQualityCheck: () => Promise.resolve({ jobId: 'j' }),
    cancelJob: () => Promise.resolve(),
    quality: () => Promise.resolve(quality),
    findings: (query: { kind: FindingKind; offset: number; limit: number }) => {
      const found = all(query.kind)
      const findings = found.slice(query.offset, query.offset + query.limit)
      return Promise.resolve({ total: found.length, findings })
    },
    qualityFacts: () => Promise.resolve(null),
    decideFindings: (order: {
      kind: FindingKind
      decisions: readonly { imageId: string; decision: Decision }[]
    }) => {
      steps.push(order.decisions.map(({ imageId }) => `${order.kind} ${imageId}`))
      for (const { imageId, decision } of order.decisions)
        decided.set(`${order.kind} ${imageId}`, decision)
      return Promise.resolve()
    },
    editHistory: () =>
      Promise.resolve(steps.length === 0 ? {} : { undo: edit(steps.at(-1)!.length) }),
    undoEdit: () => {
      const step = steps.pop() ?? []
      for (const key of step) decided.delete(key)
      return Promise.resolve(edit(step.length))
    },
    redoEdit: () => Promise.resolve(edit(0)),
  }
  return { api, decided }
}

async function opened() {
  const { api, decided } = library()
  let changes = 0
  const review = new QualityReview(api, 'd', () => changes++)
  await review.open()
  return { review, decided, changes: () => changes }
}

test('the first kind is shown, and one film of a group of copies is kept while the others are excluded', async () => {
  const { review, decided, changes } = await opened()
  expect(review.kind).toBe('duplicate')
  await review.pick(5)
  expect(review.chosen).toBe(1)
  await review.keepAlone()
  expect(Object.fromEntries(decided)).toEqual({ 'duplicate a': 'exclude', 'duplicate b': 'keep' })
  expect(changes()).toBe(1)
  await review.reverse('undo')
  expect(decided.size).toBe(0)
  expect(review.undone).toBe('Undone: Decided on 2 films')
  await review.reverse('undo')
  expect(review.undone).toBe('Nothing to undo')
})

test('a decision leads on to the next finding, over the end of a page, and not past the last', async () => {
  const { review, decided } = await opened()
  await review.choose('blurred')
  await review.show(49)
  await review.decide('no-issue')
  expect(decided.get('blurred film49')).toBe('no-issue')
  expect(review.film?.image.id).toBe('film50')
  await review.show(1000)
  expect(review.index).toBe(59)
  await review.decide('exclude')
  expect(review.film?.image.id).toBe('film59')
  expect(review.film?.decision).toBe('exclude')
})

test('a check of this data set is followed, and its end reads the findings anew', async () => {
  const { review } = await opened()
  await review.choose('blurred')
  const job = { id: 'j', kind: 'quality', title: 'Check', subjectId: 'd', createdAt: '' } as const
  await review.follow([{ ...job, state: { kind: 'running', detail: '1 of 62 films measured' } }])
  expect(review.job?.id).toBe('j')
  await review.follow([{ ...job, state: { kind: 'done', detail: '' } }])
  expect(review.job).toBeUndefined()
  expect(review.kind).toBe('duplicate')
})
