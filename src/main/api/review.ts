import type { reviewContract } from '../../shared/contracts/appAreas/review.ts'
import type { Handlers } from '../../shared/rpc/contract.ts'
import { agreement, exportTexts } from '../exportTexts.ts'
import { explainFilm, mapTrust } from '../../workflows/explainFilm.ts'
import { openFilms, type OpenProgress } from '../../workflows/openFilms.ts'
import { otherFilms } from '../../workflows/otherFilms.ts'
import { loadModel, predictFilm, screenFilms } from '../../workflows/screenFilms.ts'
import type { Context } from '../context.ts'
import { films, screened } from '../jobWords.ts'
import { reviewModel } from '../reviewModel.ts'

export function reviewApi(context: Context): Handlers<typeof reviewContract> {
  const { desk, work, jobs, sources, augmented, looks, views } = context
  const { store } = desk
  const inReview = reviewModel(store)
  const exports = exportTexts(context)
  /** Throws NOT_FOUND for an id that is not in the library. */
  const known = (imageId: string) => store.images.get(imageId).id
  /** A model that cannot be loaded is told of by the first score, not here. */
  const loadAhead = (modelId: string) => void loadModel(desk, modelId).catch(() => undefined)
  return {
    openFilms: ({ source, pane }, job) => {
      let halvings = 0
      const report = ({ done, total, look, first }: OpenProgress) => {
        if (look) halvings = look.halvings ?? 0
        if (first?.isLookedAt) views.note(first.imageId, { frame: 1, halvings })
        const item = first && store.review.item(first.imageId, inReview.find()?.id)
        job.report({
          ...{ done, total, look: look && looks.add(look) },
          first: first && item && { item, isLookedAt: first.isLookedAt },
        })
      }
      return openFilms(desk, { paths: sources.paths(source), pane }, { ...job, report })
    },
    openImages: ({ imageIds }) =>
      store.transaction(() => imageIds.forEach((id) => store.review.add(store.images.get(id).id))),
    filmFacts: ({ imageId }) => store.images.get(imageId).dicom ?? null,
    otherFilms: ({ imageId }) => otherFilms(store, imageId),
    worklist: () => {
      const modelId = inReview.find()?.id
      // Whoever looks at the worklist soon asks for a score.
      if (modelId !== undefined) loadAhead(modelId)
      return store.review.items(modelId)
    },
    predict: ({ imageId }, { signal }) =>
      predictFilm(desk, { modelId: inReview.get().id, imageId }, signal),
    startScreening: () => {
      const { id: modelId, manifest } = inReview.get()
      const jobId = jobs.start({
        kind: 'screening',
        title: `Screening of the worklist by ${manifest.name}`,
        run: async ({ signal, report }) => {
          const imageIds = store.review.imageIds()
          const { scored, refused } = await screenFilms(
            work,
            { modelId, imageIds },
            {
              signal,
              report: (at) => report(screened(at)),
            },
          )
          return `${films(scored)} scored${refused.length > 0 ? `, ${refused.length} refused` : ''}`
        },
      })
      return { jobId }
    },
    explain: async (order, { signal }) => {
      const found = await explainFilm(desk, { ...order, modelId: inReview.get().id }, signal)
      const { values, ...rest } = found
      return { ...rest, mapId: augmented.add([values]) }
    },
    mapTrust: (order, job) => mapTrust(desk, { ...order, modelId: inReview.get().id }, job),
    giveVerdict: ({ imageId, ...reading }) =>
      store.transaction(() => {
        store.review.decide(known(imageId), { ...reading, decidedAt: new Date().toISOString() })
        store.audit.append('verdict', imageId, { scoreSeen: reading.scoreSeen })
      }),
    takeVerdictBack: ({ imageId }) =>
      store.transaction(() => {
        const standing = store.review.takeBack(known(imageId))?.verdict ?? null
        store.audit.append('verdict', imageId, { takenBack: true })
        return standing
      }),
    writeNote: ({ imageId, note }) =>
      store.review.note(known(imageId), note, new Date().toISOString()),
    readings: ({ imageId }) => store.review.readings(imageId),
    agreement: () => agreement(context, inReview.find()),
    exportAgreement: () => exports.agreement(inReview.find()),
    filmMarks: ({ imageId }) => ({
      drawn: store.marks.find(imageId) ?? null,
      turned: store.marks.isTurned(imageId),
    }),
    writeFilmMarks: ({ imageId, ...marks }) =>
      store.marks.write(known(imageId), marks, new Date().toISOString()),
    exportMarks: ({ format }) => exports.marks(format),
    turnFilm: ({ imageId, turned }) =>
      store.transaction(() => {
        store.marks.turn(known(imageId), turned)
        store.predictions.forget(imageId)
      }),
    removeFromWorklist: ({ imageIds }) => store.review.remove(imageIds),
    exportWorklist: () => exports.worklist(inReview.find()),
  }
}
