import type { reportsContract } from '../../shared/contracts/appAreas/reports.ts'
import type { Handlers } from '../../shared/rpc/contract.ts'
import { writeFileAtomically } from '../../files/atomicWrite.ts'
import { checkChain } from '../../store/auditChain.ts'
import { auditCsv } from '../../workflows/auditCsv.ts'
import { makeFilmReport, makeModelReport } from '../../workflows/report/makeReport.ts'
import type { ReportFormat } from '../../shared/domain/exchange.ts'
import { chooseToSave } from '../chooseFiles.ts'
import type { Context } from '../context.ts'
import { pdfOf } from '../pdf.ts'
import { reviewModel } from '../reviewModel.ts'

export function reportsApi({ desk, window }: Context): Handlers<typeof reportsContract> {
  const { store } = desk
  const choose = (name: string, extension: string) =>
    chooseToSave(window(), {
      title: 'Export',
      defaultPath: `${name}.${extension}`,
      filters: [{ name: extension.toUpperCase(), extensions: [extension] }],
    })
  async function save(
    subject: string,
    name: string,
    format: ReportFormat,
    html: () => Promise<string>,
  ): Promise<boolean> {
    const path = await choose(name, format)
    if (path === undefined) return false
    const made = await html()
    await writeFileAtomically(path, format === 'html' ? made : await pdfOf(made))
    store.audit.append('export', subject, { as: `report.${format}` })
    return true
  }
  return {
    exportFilmReport: ({ imageId, format, ...choice }, { signal }) =>
      save(imageId, 'film-report', format, () =>
        makeFilmReport(desk, { ...choice, imageId, modelId: reviewModel(store).get().id }, signal),
      ),
    exportModelReport: ({ modelId, format }) =>
      save(modelId, 'model-report', format, () => makeModelReport(desk, modelId)),
    auditTrail: ({ limit }) => ({ head: store.audit.head(), entries: store.audit.newest(limit) }),
    checkAudit: () => checkChain(store.audit.entries()),
    exportAudit: async () => {
      const path = await choose('audit', 'csv')
      if (path === undefined) return false
      await writeFileAtomically(path, auditCsv(store.audit.entries()))
      store.audit.append('export', 'audit', { as: 'audit.csv' })
      return true
    },
  }
}
