import type { qualityContract } from '../../shared/contracts/appAreas/quality.ts'
import type { Handlers } from '../../shared/rpc/contract.ts'
import {
  checkQuality,
  qualityOf,
  type CheckProgress,
} from '../../workflows/quality/checkQuality.ts'
import { decideFindings } from '../../workflows/quality/decideFindings.ts'
import type { Quality } from '../../shared/domain/quality.ts'
import type { Context } from '../context.ts'
import { films } from '../jobWords.ts'
import type { JobProgress } from '../jobs.ts'

export function qualityApi({ desk, work, jobs }: Context): Handlers<typeof qualityContract> {
  const { store } = desk
  return {
    startQualityCheck: ({ datasetId }) => {
      const { name } = store.datasets.get(datasetId)
      const jobId = jobs.start({
        kind: 'quality',
        title: `Quality check of ${name}`,
        subjectId: datasetId,
        run: async ({ signal, report }) => {
          const job = { signal, report: (progress: CheckProgress) => report(checking(progress)) }
          return checked(await checkQuality(work, datasetId, job))
        },
      })
      return { jobId }
    },
    quality: ({ datasetId }) => qualityOf(desk, datasetId) ?? null,
    findings: ({ datasetId, kind, offset, limit }) =>
      store.quality.findings(datasetId, kind, offset, limit),
    qualityFacts: ({ imageId }) => store.filmQuality.factsOf(imageId) ?? null,
    decideFindings: (order) => decideFindings(desk, order),
  }
}

/** Nearly all of the time goes into measuring. */
const measuringShare = 0.9

function checking({ step, done, total }: CheckProgress): JobProgress {
  const share = total === 0 ? 1 : done / total
  switch (step) {
    case 'measuring':
      return { progress: measuringShare * share, detail: `${done} of ${films(total)} measured` }
    case 'comparing':
      return { progress: measuringShare + 0.03 * share, detail: 'Comparing films' }
    case 'labels':
      return {
        progress: 0.93 + 0.05 * share,
        detail: `Looking at labels: ${done} of ${total} folds`,
      }
    case 'keeping':
      return { progress: 0.98 + 0.02 * share, detail: 'Writing down what was found' }
  }
}

function checked({ summary, kinds }: Quality): string {
  const findings = kinds.reduce((sum, kind) => sum + kind.findings, 0)
  const found = `${findings} ${findings === 1 ? 'finding' : 'findings'}`
  return `${films(summary.films)}, ${found}`
}
