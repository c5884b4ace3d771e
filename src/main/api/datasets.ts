import type { datasetsContract } from '../../shared/contracts/appAreas/datasets.ts'
import type { Handlers } from '../../shared/rpc/contract.ts'
import { basename } from 'node:path'
import { newId } from '../../store/newId.ts'
import { checkOriginals, lostOriginals, relinkOriginals } from '../../workflows/checkOriginals.ts'
import { deleteDataset } from '../../workflows/deleteDataset.ts'
import { describeSurvey, withoutRoot } from '../../workflows/describeSurvey.ts'
import { halfOf, halfWithId } from '../../workflows/halfImports.ts'
import { importFolder, type ImportOrder } from '../../workflows/importFolder.ts'
import { makeSamples } from '../../workflows/makeSamples.ts'
import { sampleSheet } from '../../workflows/sampleSheet.ts'
import { unpackedPaths } from '../../workflows/unpackedArchives.ts'
import type { Context } from '../context.ts'
import { imported, importProgress, originalsFound, screened } from '../jobWords.ts'
import { labelOrder } from '../labelOrder.ts'
import { createPreviews } from '../previews.ts'

export function datasetsApi({
  desk,
  work,
  jobs,
  sources,
}: Context): Handlers<typeof datasetsContract> {
  const { store } = desk
  const previews = createPreviews()

  function startImportJob(order: ImportOrder): string {
    return jobs.start({
      kind: 'import',
      title: `Import of ${order.name}`,
      ...(order.datasetId !== undefined && { subjectId: order.datasetId }),
      run: async ({ signal, report }) => {
        const job = {
          signal,
          report: (progress: Parameters<typeof importProgress>[0]) =>
            report(importProgress(progress)),
        }
        return imported((await importFolder(work, order, job)).dataset)
      },
    })
  }

  return {
    previewImport: async ({ source, table }, { signal, report }) => {
      const chosen = sources.paths(source)
      const unpacked = await unpackedPaths(desk, chosen, {
        signal,
        report: ({ done }) => report({ filesSeen: done, unpacking: true }),
      })
      const { paths } = unpacked
      const labels = table && labelOrder(table, sources, paths)
      const order = { paths: [...paths], ...(labels && { labels }) }
      const found = await desk.engine.surveyFolder(order, { signal, onProgress: report })
      const survey = { ...found, refused: [...unpacked.refused, ...found.refused] }
      const name = basename(survey.root).slice(0, 100) || 'Films'
      const described = describeSurvey(survey, name)
      const previewId = previews.add({ paths: chosen, labels, survey })
      // A table is named from one folder on.
      return { ...described, previewId, ...(paths.length > 1 && { tables: [] }) }
    },
    startImport: ({ previewId, name }) => {
      const preview = previews.get(previewId)
      const source = {
        paths: [...preview.paths],
        ...(preview.labels && { labels: preview.labels }),
      }
      // The same import again goes on with one that was interrupted.
      const datasetId = halfOf(store, name, source)?.id ?? newId()
      return { jobId: startImportJob({ ...preview, name, datasetId }) }
    },
    listHalfImports: () => store.datasets.halves(),
    resumeImport: ({ datasetId }) => {
      const { name, source } = halfWithId(store, datasetId)
      return { jobId: startImportJob({ ...source, name, datasetId }) }
    },
    discardImport: ({ datasetId }) => {
      halfWithId(store, datasetId)
      store.datasets.delete(datasetId)
    },
    startOriginalsCheck: ({ datasetId }) => {
      const { name } = store.datasets.get(datasetId)
      const jobId = jobs.start({
        kind: 'originals',
        title: `Originals of ${name}`,
        subjectId: datasetId,
        run: async ({ signal, report }) =>
          originalsFound(
            await checkOriginals(work, datasetId, { signal, report: (at) => report(screened(at)) }),
          ),
      })
      return { jobId }
    },
    startRelink: ({ datasetId, source }) => {
      const { name } = store.datasets.get(datasetId)
      const [folder] = sources.paths(source)
      const jobId = jobs.start({
        kind: 'originals',
        title: `Originals of ${name}, found again`,
        subjectId: datasetId,
        run: async ({ signal, report }) => {
          const order = { datasetId, folder: folder! }
          const job = {
            signal,
            report: (at: Parameters<typeof screened>[0]) => report(screened(at)),
          }
          return originalsFound(await relinkOriginals(work, order, job))
        },
      })
      return { jobId }
    },
    lostOriginals: ({ datasetId }) => lostOriginals(desk, datasetId).slice(0, 1000),
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
