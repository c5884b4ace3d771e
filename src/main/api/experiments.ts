import type { experimentsContract } from '../../shared/contracts/appAreas/experiments.ts'
import type { Handlers } from '../../shared/rpc/contract.ts'
import { isResumable, isUnderWay, type Run } from '../../shared/domain/run.ts'
import { AppError } from '../../shared/errors.ts'
import { lookInside } from '../../workflows/lookInside.ts'
import { previewFilms } from '../../workflows/previewFilms.ts'
import { deleteRuns, runBytes } from '../../workflows/runFiles.ts'
import { partFilmIds, predictedFilms } from '../../workflows/predictedFilms.ts'
import { screenFilms } from '../../workflows/screenFilms.ts'
import { createRun } from '../../workflows/trainRun.ts'
import type { Context } from '../context.ts'
import { films, screened } from '../jobWords.ts'
import { startTrainingJob } from '../trainingJob.ts'

export function experimentsApi(context: Context): Handlers<typeof experimentsContract> {
  const { desk, work, jobs, runChanges, live, augmented } = context
  const { store, engine } = desk
  return {
    recipes: () => engine.recipes(),
    summarise: (input) => engine.summarise(input),
    parseNotation: (input) => engine.parseNotation(input),
    previewAugmentation: async ({ datasetId, ...order }) => {
      const jpegs = await previewFilms(desk, datasetId, order)
      return { previewId: augmented.add(jpegs), pictures: jpegs.length }
    },
    startTraining: async (order) => {
      const run = await createRun(desk, order)
      return { runId: run.id, jobId: startTrainingJob(context, run) }
    },
    resumeTraining: ({ runId }) => {
      const run = store.runs.get(runId)
      requireResumable(run)
      const { sweep } = run
      const onEnd = sweep && { onEnd: () => context.sweeps.advance(sweep.id) }
      return { jobId: startTrainingJob(context, run, { resume: true, ...onEnd }) }
    },
    listRuns: () => store.runs.all(),
    watchRun: ({ runId }, { signal, report }) =>
      runChanges.watch(signal, () => {
        const run = store.runs.get(runId)
        report({ run, live: live.get(runId) })
        return isUnderWay(run)
      }),
    renameRun: ({ runId, name }) => {
      store.runs.rename(runId, name)
      runChanges.notify()
    },
    markRuns: ({ changes }) => {
      store.transaction(() => {
        for (const { runId, ...marks } of changes) store.runs.mark(runId, marks)
      })
      runChanges.notify()
    },
    measureRuns: async (runs) => ({ bytes: await runBytes(desk, runs) }),
    deleteRuns: async (runs) => {
      const bytesFreed = await deleteRuns(desk, runs)
      runChanges.notify()
      return { bytesFreed }
    },
    lookInside: async (order) => {
      const { jpegs, channels } = await lookInside(desk, order)
      return { previewId: augmented.add(jpegs), pictures: jpegs.length, channels }
    },
    predictedFilms: (query) => predictedFilms(desk, query),
    startPredicting: ({ modelId, part }) => {
      const { manifest } = store.models.get(modelId)
      const jobId = jobs.start({
        kind: 'screening',
        title: `Predictions of ${manifest.name}`,
        subjectId: modelId,
        run: async ({ signal, report }) => {
          const imageIds = await partFilmIds(work, { modelId, part })
          const { scored, refused } = await screenFilms(
            work,
            { modelId, imageIds },
            { signal, report: (at) => report(screened(at)) },
          )
          return `${films(scored)} scored${refused.length > 0 ? `, ${refused.length} refused` : ''}`
        },
      })
      return { jobId }
    },
  }
}

function requireResumable(run: Run): void {
  if (isResumable(run)) return
  const { name, status } = run
  throw new AppError('CONFLICT', `The run '${name}' is ${status}: there is nothing to resume`)
}
