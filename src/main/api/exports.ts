import type { exportsContract } from '../../shared/contracts/appAreas/exports.ts'
import type { Handlers } from '../../shared/rpc/contract.ts'
import { join } from 'node:path'
import { deidentifyImages, exportScores, type Exported } from '../../workflows/exportDicom.ts'
import { exportDataset } from '../../workflows/datasetVersions/exportDataset.ts'
import { chooseToOpen } from '../chooseFiles.ts'
import type { Context } from '../context.ts'
import { films, screened } from '../jobWords.ts'
import { reviewModel } from '../reviewModel.ts'

export function exportsApi(context: Context): Handlers<typeof exportsContract> {
  const { desk, work, jobs, window } = context
  const inReview = reviewModel(desk.store)
  /** The folder that is to be made; undefined when the person closed the dialog. */
  async function newFolder(title: string, name: string): Promise<string | undefined> {
    const chosen = await chooseToOpen(window(), {
      title,
      buttonLabel: 'Export here',
      properties: ['openDirectory', 'createDirectory'],
    })
    return chosen && join(chosen[0]!, `${name}-${stamp(new Date())}`)
  }
  return {
    startDeidentifying: async ({ imageIds, ...choices }) => {
      const folder = await newFolder('Choose where to put the copies', 'films-without-patients')
      if (folder === undefined) return null
      const jobId = jobs.start({
        kind: 'export',
        title: `Copies of ${films(imageIds.length)} without their patients`,
        run: async ({ signal, report }) =>
          told(
            await deidentifyImages(
              work,
              { ...choices, imageIds, folder },
              { signal, report: (at) => report(screened(at)) },
            ),
          ),
      })
      return { jobId }
    },
    startDatasetExport: async ({ datasetId, how, deidentify }) => {
      const { name } = desk.store.datasets.get(datasetId)
      const folder = await newFolder('Choose where to put the data set', 'data-set')
      if (folder === undefined) return null
      const jobId = jobs.start({
        kind: 'export',
        title: `Export of ${name}`,
        subjectId: datasetId,
        run: async ({ signal, report }) => {
          const { files, refused } = await exportDataset(
            work,
            { datasetId, folder, how, deidentify },
            { signal, report: (at) => report(screened(at)) },
          )
          return told({ written: files, toLookAt: 0, refused })
        },
      })
      return { jobId }
    },
    startScoreExport: async ({ imageIds, kinds }) => {
      const { id: modelId, manifest } = inReview.get()
      const folder = await newFolder('Choose where to put the reports', 'scores')
      if (folder === undefined) return null
      const jobId = jobs.start({
        kind: 'export',
        title: `Scores of ${films(imageIds.length)} by ${manifest.name} as DICOM`,
        run: async ({ signal, report }) =>
          told(
            await exportScores(
              work,
              { modelId, imageIds, folder, kinds },
              { signal, report: (at) => report(screened(at)) },
            ),
          ),
      })
      return { jobId }
    },
  }
}

/** In a line; of what was refused, the first reason. */
function told({ written, toLookAt, refused }: Exported): string {
  const [first] = refused
  return [
    `${films(written)} written`,
    toLookAt > 0 ? `${toLookAt} of them to look at first for burned-in letters` : '',
    first ? `${refused.length} refused, the first: ${first.reason}` : '',
  ]
    .filter(Boolean)
    .join('; ')
}

/** 20240131-235959, local time. */
function stamp(now: Date): string {
  const pad = (value: number) => String(value).padStart(2, '0')
  const day = `${now.getFullYear()}${pad(now.getMonth() + 1)}${pad(now.getDate())}`
  return `${day}-${pad(now.getHours())}${pad(now.getMinutes())}${pad(now.getSeconds())}`
}
