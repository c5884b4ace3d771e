import { afterEach, expect, test, vi } from 'vitest'
import type { LibraryModel } from '../../../shared/contracts/appAreas/models.ts'
import type { Api } from '../../api.ts'
import type { Verdict, WorklistItem } from '../../../shared/domain/review.ts'
import { Notices } from '../../state/notices.svelte.ts'
import { Status } from '../../state/status.svelte.ts'
import { Review } from './review.svelte.ts'
import { runReviewCommand } from './runReviewCommand.ts'
import { film, predictionOf, scored, twoClasses } from './testFilms.ts'

/** What main would keep, in memory; a name that is not here is not called. */
function library(films: readonly WorklistItem[], more: readonly WorklistItem[] = []) {
  const verdicts: { imageId: string; verdict: Verdict; scoreSeen: boolean }[] = []
  const notes: { imageId: string; note: string }[] = []
  const settings = new Map<string, string>()
  const models: LibraryModel[] = []
  const asked: string[] = []
  let list = [...films]
  let refuse = false
  const main: Partial<Api> = {
    worklist() {
      const newest = new Map(verdicts.map(({ imageId, verdict }) => [imageId, verdict]))
      const withVerdict = (item: WorklistItem) => {
        const verdict = newest.get(item.image.id)
        return verdict ? { ...item, verdict } : item
      }
      return Promise.resolve(list.map(withVerdict))
    },
    filmMarks: () => Promise.resolve({ drawn: null, turned: false }),
    listModels: () => Promise.resolve(models),
    predict({ imageId }) {
      asked.push(imageId)
      return Promise.resolve(predictionOf(imageId, 0.5))
    },
    listDatasets: () => Promise.resolve([]),
    readSetting: (input) => Promise.resolve(settings.get(input.key) ?? null),
    writeSetting: (input) => Promise.resolve(void settings.set(input.key, input.value)),
    giveVerdict({ imageId, verdict, scoreSeen }) {
      if (refuse) return Promise.reject(new Error('The disk is full'))
      verdicts.push({ imageId, verdict, scoreSeen })
      return Promise.resolve()
    },
    takeVerdictBack({ imageId }) {
      const newest = verdicts.map((each) => each.imageId).lastIndexOf(imageId)
      verdicts.splice(newest, 1)
      const before = verdicts.filter((each) => each.imageId === imageId).at(-1)
      return Promise.resolve(before?.verdict ?? null)
    },
    writeNote: (input) => Promise.resolve(void notes.push(input)),
    removeFromWorklist(input) {
      list = list.filter(({ image }) => !input.imageIds.includes(image.id))
      return Promise.resolve()
    },
    chooseSource: () => Promise.resolve({ token: 't', label: 'two.jpeg' }),
    openFilms(_, { onProgress } = {}) {
      onProgress?.({ done: 1, total: 1, first: { item: film('new'), isLookedAt: false } })
      list = [...list, film('new'), ...more]
      const refused = [{ path: 'cut.jpeg', code: 'TRUNCATED', reason: 'It ends early' }]
      const added = ['new', ...more.map(({ image }) => image.id)]
      return Promise.resolve({ opened: ['a', ...added], added, refused })
    },
  }
  const api = main as Api
  const notices = new Notices()
  const review = new Review(api, notices, new Status(api))
  const refuseVerdicts = () => (refuse = true)
  return { review, notices, verdicts, notes, settings, models, asked, refuseVerdicts }
}

async function opened(...films: WorklistItem[]) {
  const it = library(films)
  await it.review.load()
  return it
}

afterEach(() => {
  vi.unstubAllGlobals()
})

test('a film is scored once its pixels have come, or could not come', async () => {
  let answer: (response: { ok: boolean; status: number; text: () => Promise<string> }) => void
  vi.stubGlobal('fetch', () => new Promise((resolve) => (answer = resolve)))
  const { review, models, asked } = library([film('a'), film('b')])
  models.push({ id: 'm', isDefault: true, manifest: twoClasses } as unknown as LibraryModel)
  await review.load()
  await vi.waitFor(() => expect(answer).toBeDefined())
  expect(asked).toEqual([])
  answer!({ ok: false, status: 422, text: () => Promise.resolve('The film is cut off') })
  await vi.waitFor(() => expect(asked).toEqual(['a', 'b']))
})

test('the pixels of the first new film are asked for before the list is read again', async () => {
  const fetched: string[] = []
  vi.stubGlobal('fetch', (url: string) => {
    fetched.push(url)
    return new Promise(() => undefined)
  })
  const { review } = library([], [film('last')])
  await review.load()
  const listed: string[][] = []
  vi.spyOn(review.worklist, 'refresh').mockImplementation(() => {
    listed.push([...fetched])
    return Promise.resolve()
  })
  await review.choose('files')
  expect(listed).toEqual([[expect.stringContaining('new')]])
})

test('an empty library is welcomed, a worklist shows its first film', async () => {
  expect((await opened()).review.worklist.libraryEmpty).toBe(true)
  const { review } = await opened(film('a'), film('b'))
  expect(review.worklist.libraryEmpty).toBe(false)
  expect(review.selectedId).toBe('a')
})

test('the keys go through the films and stop at either end', async () => {
  const { review } = await opened(film('a'), film('b'), film('c'))
  const at = () => review.selectedId
  review.step(-1)
  expect(at()).toBe('a')
  review.step(1)
  expect(at()).toBe('b')
  review.last()
  review.step(1)
  expect(at()).toBe('c')
  review.first()
  expect(at()).toBe('a')
})

test('a verdict is written and the next film comes; undo takes it back and returns', async () => {
  const { review, verdicts } = await opened(film('a'), film('b'))
  await review.giveVerdict('pneumonia')
  expect(review.selectedId).toBe('b')
  expect(review.worklist.item('a')?.verdict).toBe('pneumonia')
  expect(verdicts).toEqual([{ imageId: 'a', verdict: 'pneumonia', scoreSeen: false }])
  await review.undo()
  expect(review.selectedId).toBe('a')
  expect(review.worklist.item('a')?.verdict).toBeUndefined()
  await review.undo()
  expect(verdicts).toEqual([])
})

test('undo brings the verdict back that stood there before', async () => {
  const { review } = await opened(film('a'))
  await review.giveVerdict('unsure')
  await review.giveVerdict('normal')
  await review.undo()
  expect(review.worklist.item('a')?.verdict).toBe('unsure')
})

test('among unread films the next one takes the place of the one that was read', async () => {
  const { review } = await opened(film('a'), film('b'), film('c'))
  review.worklist.filter = 'unread'
  await review.giveVerdict('normal')
  expect(review.selectedId).toBe('b')
  expect(review.worklist.rows.length).toBe(2)
})

test('with the verdict first, the film stays after its verdict so that its score is seen', async () => {
  const { review, settings } = await opened(film('a'), film('b'))
  await runReviewCommand('blind-first', review)
  expect(settings.get('review.blind-first')).toBe('true')
  await review.giveVerdict('normal')
  expect(review.selectedId).toBe('a')
  await review.giveVerdict('unsure')
  expect(review.selectedId).toBe('b')
})

test('a verdict before the score is blind, one after it is not', async () => {
  const { review, verdicts } = await opened(scored('a', 0.9), film('b'))
  await runReviewCommand('blind-first', review)
  review.select('b')
  review.select('a')
  await review.giveVerdict('normal')
  await review.giveVerdict('pneumonia')
  expect(verdicts.map(({ verdict, scoreSeen }) => [verdict, scoreSeen])).toEqual([
    ['normal', false],
    ['pneumonia', true],
  ])
})

test('a score that was seen once makes later verdicts on its film no longer blind', async () => {
  const { review, verdicts } = await opened(scored('a', 0.9), film('b'))
  review.select('a')
  review.select('b')
  await runReviewCommand('blind-first', review)
  review.select('a')
  await review.giveVerdict('normal')
  expect(verdicts[0]?.scoreSeen).toBe(true)
})

test('a verdict that could not be written does not stand, and the person is told', async () => {
  const { review, notices, refuseVerdicts } = await opened(film('a'))
  refuseVerdicts()
  await review.giveVerdict('normal')
  expect(review.worklist.item('a')?.verdict).toBeUndefined()
  expect(notices.list.map(({ message }) => message)).toEqual(['The disk is full'])
})

test('a verdict given while the films are read again stands', async () => {
  const { review } = await opened(film('a'), film('b'))
  const reading = review.worklist.refresh()
  await review.giveVerdict('pneumonia')
  await reading
  expect(review.worklist.item('a')?.verdict).toBe('pneumonia')
})

test('a note is written only when it changed', async () => {
  const { review, notes } = await opened(film('a', { verdict: 'unsure', note: 'old' }))
  await review.writeNote('a', 'old')
  await review.writeNote('a', 'new')
  expect(notes).toEqual([{ imageId: 'a', note: 'new' }])
})

test('opened films are selected, and refused ones are kept for the person to see', async () => {
  const { review } = await opened(film('a'))
  review.worklist.search = 'nothing like it'
  await review.choose('files')
  expect(review.selectedId).toBe('new')
  expect(review.worklist.search).toBe('')
  expect(review.opening.refused.map(({ path }) => path)).toEqual(['cut.jpeg'])
})

test('the first new film is shown while the others are still read, and its neighbours once they are here', async () => {
  const fetched: string[] = []
  vi.stubGlobal('fetch', (url: string) => {
    fetched.push(url)
    return new Promise(() => undefined)
  })
  const { review } = library([film('a')], [film('last')])
  await review.load()
  const ready: (readonly string[])[] = []
  vi.spyOn(review.panes, 'meet').mockImplementation((near) => {
    ready.push(near)
    return Promise.resolve()
  })
  const opening = review.open({ token: 't', label: 'ward' })
  expect([review.selectedId, ready]).toEqual(['new', []])
  await opening
  expect([review.selectedId, ready]).toEqual(['new', [['last', 'a']]])
})

test('a film that was shown as soon as it was there and was left since is not gone back to', async () => {
  const { review } = library([film('a')], [film('last')])
  await review.load()
  const opening = review.open({ token: 't', label: 'ward' })
  review.select('a')
  await opening
  expect(review.selectedId).toBe('a')
})

test('a film that was chosen among those just opened stays when the last of them have come', async () => {
  const { review } = library([], [film('last')])
  await review.load()
  const opening = review.open({ token: 't', label: 'ward.zip' })
  // The job's end is told before its answer, and shows the films already.
  await review.load()
  review.last()
  await opening
  expect(review.selectedId).toBe('last')
})

test('clearing asks first and then empties the list', async () => {
  const { review } = await opened(film('a'), film('b'))
  await runReviewCommand('clear', review)
  expect(review.confirmingClear).toBe(true)
  await review.clear()
  expect(review.worklist.items).toEqual([])
  expect(review.selected).toBeUndefined()
})
