import type { StoredModel } from '../store/model.ts'
import { worklistCsv, writeWhole } from '../workflows/exportWorklist.ts'
import { chooseToSave } from './chooseFiles.ts'
import type { Context } from './context.ts'

/** Asks where to and writes the worklist there; false when the person closed the dialog. */
export async function exportWorklistTo(
  { desk, window }: Pick<Context, 'desk' | 'window'>,
  model: StoredModel | undefined,
): Promise<boolean> {
  const path = await chooseToSave(window(), {
    title: 'Export the worklist',
    defaultPath: 'worklist.csv',
    filters: [{ name: 'CSV', extensions: ['csv'] }],
  })
  if (path === undefined) return false
  await writeWhole(path, worklistCsv(desk.store.review.items(model?.id), model))
  return true
}
