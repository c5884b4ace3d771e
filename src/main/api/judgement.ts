import { assessModel } from '../../workflows/assessModel.ts'
import { modelFolder } from '../../workflows/modelPackages.ts'
import { compareModels, decideOn, scoreCard } from '../../workflows/scoreCard.ts'
import type { Area, Context } from '../context.ts'
import { films } from '../jobWords.ts'

type Judgement = Area<
  | 'listAssessments'
  | 'startAssessment'
  | 'scoreCard'
  | 'assessedFilms'
  | 'decide'
  | 'compareModels'
  | 'parity'
>

export function judgementApi({ desk, work, jobs }: Context): Judgement {
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
            report: ({ done, total }) =>
              report({
                progress: total === 0 ? 1 : done / total,
                detail: `${done} of ${films(total)}`,
              }),
          })
          return `${films(assessment.films)} scored`
        },
      })
      return { jobId }
    },
    scoreCard: ({ assessmentId }) => scoreCard(desk, assessmentId),
    assessedFilms: ({ filter, offset, limit }) => store.assessments.page(filter, offset, limit),
    decide: async (order) => ({ modelId: (await decideOn(desk, order)).id }),
    compareModels: ({ assessmentIds }) => compareModels(desk, assessmentIds),
    parity: ({ modelId }) => desk.engine.parity({ folder: modelFolder(desk, modelId) }),
  }
}
