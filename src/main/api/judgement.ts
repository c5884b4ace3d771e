import type { judgementContract } from '../../shared/contracts/appAreas/judgement.ts'
import type { Handlers } from '../../shared/rpc/contract.ts'
import { assessedFilms } from '../../workflows/assessedFilms.ts'
import { assessModel } from '../../workflows/assessModel.ts'
import { modelFolder } from '../../workflows/modelPackages.ts'
import { compareModels, decideOn, scoreCard } from '../../workflows/scoreCard.ts'
import { testShortcuts } from '../../workflows/testShortcuts.ts'
import type { Context } from '../context.ts'
import { films, screened } from '../jobWords.ts'

export function judgementApi({ desk, work, jobs }: Context): Handlers<typeof judgementContract> {
  const { store } = desk
  return {
    listAssessments: ({ modelId }) => store.assessments.ofModel(modelId),
    startAssessment: (order) => {
      const { manifest } = store.models.get(order.modelId)
      const { name } = store.datasets.get(order.datasetId)
      const jobId = jobs.start({
        kind: 'evaluation',
        title: `Judging ${manifest.name} on ${name}`,
        subjectId: order.modelId,
        run: async ({ signal, report }) => {
          const assessment = await assessModel(work, order, {
            signal,
            report: (progress) => report(screened(progress)),
          })
          return `${films(assessment.films)} scored`
        },
      })
      return { jobId }
    },
    startShortcutTest: ({ assessmentId }) => {
      const { modelId, datasetName } = store.assessments.get(assessmentId)
      const { manifest } = store.models.get(modelId)
      const jobId = jobs.start({
        kind: 'evaluation',
        title: `Testing ${manifest.name} for shortcuts on ${datasetName}`,
        subjectId: modelId,
        run: async ({ signal, report }) => {
          const tested = await testShortcuts(work, assessmentId, {
            signal,
            report: (progress) => report(screened(progress)),
          })
          return `${films(tested.films)} tested`
        },
      })
      return { jobId }
    },
    scoreCard: ({ assessmentId }) => scoreCard(desk, assessmentId),
    assessedFilms: ({ filter, offset, limit }) => assessedFilms(desk, { filter, offset, limit }),
    decide: async (order) => ({ modelId: (await decideOn(desk, order)).id }),
    compareModels: ({ assessmentIds }) => compareModels(desk, assessmentIds),
    parity: ({ modelId }) => desk.engine.parity({ folder: modelFolder(desk, modelId) }),
  }
}
