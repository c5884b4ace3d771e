import type { capsulesContract } from '../../shared/contracts/appAreas/capsules.ts'
import type { Handlers } from '../../shared/rpc/contract.ts'
import { exportRunCapsule, requireCapsule } from '../../workflows/exportRunCapsule.ts'
import { chooseToSave } from '../chooseFiles.ts'
import type { Context } from '../context.ts'
import { films, screened } from '../jobWords.ts'

export const capsulesApi = ({
  desk,
  work,
  jobs,
  window,
}: Context): Handlers<typeof capsulesContract> => ({
  exportCapsule: async ({ runId }) => {
    const { name } = requireCapsule(desk, runId)
    const file = await chooseToSave(window(), {
      title: 'Export the run as a capsule',
      defaultPath: `${fileName(name)}.zip`,
      filters: [{ name: 'Run capsule', extensions: ['zip'] }],
    })
    if (file === undefined) return null
    const jobId = jobs.start({
      kind: 'capsule',
      title: `Capsule of ${name}`,
      subjectId: runId,
      run: async ({ signal, report }) => {
        const job = {
          signal,
          report: (at: { done: number; total: number }) => report(screened(at)),
        }
        return `${films(await exportRunCapsule(work, { runId, file }, job))} with their hashes and scores`
      },
    })
    return { jobId }
  },
})

/** Without what some system keeps for itself. */
const fileName = (name: string): string =>
  name
    .replace(/[^\p{L}\p{N}._ -]+/gu, '-')
    .slice(0, 80)
    .trim() || 'run'
