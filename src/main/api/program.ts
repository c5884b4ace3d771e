import type { programContract } from '../../shared/contracts/appAreas/program.ts'
import type { Handlers } from '../../shared/rpc/contract.ts'
import { app, type OpenDialogOptions } from 'electron'
import { chooseToOpen } from '../chooseFiles.ts'
import type { Context } from '../context.ts'

/** The window's settings have a room of their own, so that it cannot overwrite main's. */
const settingKey = (key: string) => `window.${key}`

const choices: Readonly<Record<'folder' | 'archive' | 'files' | 'table', OpenDialogOptions>> = {
  folder: { title: 'Choose a folder of films', properties: ['openDirectory'] },
  archive: {
    title: 'Choose a zip archive of films',
    properties: ['openFile'],
    filters: [
      { name: 'Zip archives', extensions: ['zip'] },
      { name: 'All files', extensions: ['*'] },
    ],
  },
  files: { title: 'Choose films', properties: ['openFile', 'multiSelections'] },
  table: {
    title: 'Choose a table of labels',
    properties: ['openFile'],
    filters: [
      { name: 'Tables', extensions: ['csv', 'tsv', 'txt'] },
      { name: 'All files', extensions: ['*'] },
    ],
  },
}

export const programApi = (context: Context): Handlers<typeof programContract> => ({
  about: () => ({
    version: app.getVersion(),
    electron: process.versions.electron,
    chromium: process.versions.chrome,
    node: process.versions.node,
    platform: `${process.platform} ${process.arch}`,
    libraryFolder: context.desk.store.folder.root,
  }),
  watchStatus: (_, { signal, report }) =>
    context.statusChanges.watch(signal, () => {
      report({ engine: context.engines.status(), jobs: context.jobs.snapshots() })
      return true
    }),
  watchOpened: (_, { signal, report }) => context.opened.watch(signal, report),
  restartEngine: () => context.engines.restart(),
  chooseSource: async ({ kind }) => {
    const paths = await chooseToOpen(context.window(), choices[kind])
    return paths ? context.sources.add(paths) : null
  },
  readSetting: ({ key }) => context.desk.store.settings.read(settingKey(key)) ?? null,
  writeSetting: ({ key, value }) => context.desk.store.settings.write(settingKey(key), value),
})
