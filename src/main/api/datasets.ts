import { basename } from 'node:path'
import { newId } from '../../store/newId.ts'
import { deleteDataset } from '../../workflows/deleteDataset.ts'
import { describeSurvey, withoutRoot } from '../../workflows/describeSurvey.ts'
import { importFolder } from '../../workflows/importFolder.ts'
import { makeSamples } from '../../workflows/makeSamples.ts'
import { sampleSheet } from '../../workflows/sampleSheet.ts'
import type { Area, Context } from '../context.ts'
import { imported, importProgress } from '../jobWords.ts'
import { createPreviews } from '../previews.ts'

type Datasets = Area<
  | 'previewImport'
  | 'startImport'
  | 'startSamples'
  | 'listDatasets'
  | 'renameDataset'
  | 'deleteDataset'
  | 'images'
  | 'facets'
  | 'refusals'
  | 'sampleSheet'
>

export function datasetsApi({ desk, work, jobs, sources }: Context): Datasets {
  const { store } = desk
  const previews = createPreviews()
  return {
    previewImport: async ({ source }, { signal, report }) => {
      const paths = sources.paths(source)
      const survey = await desk.engine.surveyFolder(
        { paths: [...paths] },
        { signal, onProgress: report },
      )
      const name = basename(survey.root).slice(0, 100) || 'Films'
      return { previewId: previews.add(survey), ...describeSurvey(survey, name) }
    },
    startImport: ({ previewId, name }) => {
      const survey = previews.get(previewId)
      const datasetId = newId()
      const jobId = jobs.start({
        kind: 'import',
        title: `Import of ${name}`,
        subjectId: datasetId,
        run: async ({ signal, report }) => {
          const order = { paths: [survey.root], survey, name, datasetId }
          const job = {
            signal,
            report: (progress: Parameters<typeof importProgress>[0]) =>
              report(importProgress(progress)),
          }
          return imported((await importFolder(work, order, job)).dataset)
        },
      })
      return { jobId }
    },
    startSamples: ({ count, seed }) => {
      const datasetId = newId()
      const jobId = jobs.start({
        kind: 'samples',
        title: `${count} generated sample films`,
        subjectId: datasetId,
        run: async ({ signal, report }) => {
          const job = {
            signal,
            report: (progress: Parameters<typeof importProgress>[0]) =>
              report(importProgress(progress, true)),
          }
          return imported((await makeSamples(work, { count, seed, datasetId }, job)).dataset)
        },
      })
      return { jobId }
    },
    listDatasets: () => store.datasets.all(),
    renameDataset: ({ datasetId, name }) => store.datasets.rename(datasetId, name),
    deleteDataset: ({ datasetId }) => deleteDataset(desk, datasetId),
    images: ({ datasetId, filter, offset, limit }) =>
      store.images.page(datasetId, filter, offset, limit),
    facets: ({ datasetId, filter }) => store.images.facets(datasetId, filter),
    refusals: ({ datasetId }) => {
      const { root } = store.datasets.get(datasetId)
      return store.refusals.ofDataset(datasetId).map((refusal) => withoutRoot(refusal, root))
    },
    sampleSheet: (input) => sampleSheet(desk, input),
  }
}
