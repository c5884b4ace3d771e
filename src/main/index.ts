/** The main process: owns the window, the library, the jobs and the engines. */
import { join } from 'node:path'
import { app, dialog, protocol, session, type BrowserWindow } from 'electron'
import type { BatchProgress } from '../shared/domain/training.ts'
import { toAppError } from '../shared/errors.ts'
import { libraryPath, openLibraryFolder } from '../store/libraryFolder.ts'
import { openStore } from '../store/store.ts'
import { installBundledModel } from '../workflows/bundledModel.ts'
import { activityApi } from './api/activity.ts'
import { programApi } from './api/program.ts'
import { capsulesApi } from './api/capsules.ts'
import { datasetsApi } from './api/datasets.ts'
import { experimentsApi } from './api/experiments.ts'
import { editsApi } from './api/edits.ts'
import { splitDoctorApi } from './api/splitDoctor.ts'
import { sweepsApi } from './api/sweeps.ts'
import { exportsApi } from './api/exports.ts'
import { judgementApi } from './api/judgement.ts'
import { modelsApi } from './api/models.ts'
import { qualityApi } from './api/quality.ts'
import { reportsApi } from './api/reports.ts'
import { reviewApi } from './api/review.ts'
import { serveApp } from './appProtocol.ts'
import { withoutSecrets } from './appServer.ts'
import { auditDownloads } from './auditDownloads.ts'
import { createAugmentedPictures } from './augmentedPictures.ts'
import { createChanges } from './changes.ts'
import type { Context } from './context.ts'
import { startEngines } from './engines.ts'
import { createLooks } from './looks.ts'
import { createViewNotes } from './viewNotes.ts'
import { serveImages } from './imageProtocol.ts'
import { imageScheme } from './imageScheme.ts'
import { createJobs } from './jobs.ts'
import { openLog } from './log.ts'
import { setMenu } from './menu.ts'
import { appScheme } from './ownPage.ts'
import { createOpenedFilms } from './openedFilms.ts'
import { filmArguments, libraryOption } from './programArguments.ts'
import { hardenProcess, hardenSession } from './security.ts'
import { createSources } from './sources.ts'
import { createSweepQueue } from './sweepQueue.ts'
import { openWindow } from './window.ts'
import { serveWindow } from './windowChannels.ts'

const schemePrivileges = { standard: true, secure: true, supportFetchAPI: true, stream: true }

try {
  const folder = openLibraryFolder(libraryPath(libraryOption(process.argv)))
  // One program a library: the lock lies in this folder, and so does what Chromium keeps.
  app.setPath('userData', join(folder.root, 'window'))
  if (app.requestSingleInstanceLock()) run(folder)
  else app.quit()
} catch (cause) {
  dialog.showErrorBox('Pneumoscope cannot start', toAppError(cause).message)
  app.exit(1)
}

function run(folder: ReturnType<typeof openLibraryFolder>): void {
  const log = openLog(folder.logs)
  hardenProcess(log)
  protocol.registerSchemesAsPrivileged([
    { scheme: appScheme, privileges: schemePrivileges },
    { scheme: imageScheme, privileges: { ...schemePrivileges, corsEnabled: true } },
  ])
  process.on('uncaughtException', (cause) => log.failure('uncaught', cause))
  process.on('unhandledRejection', (cause) => log.failure('unhandled', cause))

  let window: BrowserWindow | undefined
  const sources = createSources()
  const opened = createOpenedFilms(sources)
  const open = (paths: readonly string[]) =>
    void opened.add(paths).catch((cause: unknown) => {
      log.failure('opened files', cause)
      dialog.showErrorBox('Pneumoscope cannot open this', toAppError(cause).message)
    })
  const programFolder = app.getAppPath()
  open(filmArguments(process.argv, process.cwd(), programFolder))
  app.on('second-instance', (_event, argv, folder) => {
    if (window?.isMinimized()) window.restore()
    window?.focus()
    open(filmArguments(argv, folder, programFolder))
  })
  app.on('open-file', (event, path) => {
    event.preventDefault()
    open([path])
  })
  app.on('window-all-closed', () => app.quit())
  void app.whenReady().then(async () => {
    try {
      const context = makeContext(folder, log, { sources, opened, window: () => window })
      // Without it the program still does all else.
      await installBundledModel(context.desk).catch((cause: unknown) =>
        log.failure('bundled model', cause),
      )
      setMenu()
      hardenSession(session.defaultSession, log)
      auditDownloads(session.defaultSession, context.desk.store, log)
      serveApp(join(__dirname, '../renderer'))
      serveImages(context)
      serveWindow(handlersOf(context), context.sources, log)
      window = openWindow(context.desk.store.settings)
      window.on('closed', () => {
        window = undefined
        context.sources.forget()
      })
      app.on('will-quit', () => {
        context.engines.stop()
        context.desk.store.close()
      })
    } catch (cause) {
      log.failure('start', cause)
      dialog.showErrorBox('Pneumoscope cannot start', toAppError(cause).message)
      app.exit(1)
    }
  })
}

function makeContext(
  folder: ReturnType<typeof openLibraryFolder>,
  log: ReturnType<typeof openLog>,
  given: Pick<Context, 'sources' | 'opened' | 'window'>,
): Context {
  const store = openStore(folder, 'window')
  const statusChanges = createChanges()
  const engines = startEngines(join(__dirname, 'engine.js'), log, () => statusChanges.notify())
  const context = {
    desk: { store, engine: engines.desk },
    work: { store, engine: engines.work },
    engines,
    jobs: createJobs({
      save: store.jobs.save,
      onChange: () => statusChanges.notify(),
      onFailure: (kind, cause) => log.failure(kind, cause),
    }),
    augmented: createAugmentedPictures(),
    looks: createLooks(),
    views: createViewNotes(store),
    statusChanges,
    runChanges: createChanges(),
    sweepChanges: createChanges(500),
    live: new Map<string, BatchProgress>(),
    ...given,
  }
  return { ...context, sweeps: createSweepQueue(context) }
}

const handlersOf = (context: Context) =>
  withoutSecrets({
    ...programApi(context),
    ...datasetsApi(context),
    ...qualityApi(context),
    ...splitDoctorApi(context),
    ...editsApi(context),
    ...experimentsApi(context),
    ...sweepsApi(context),
    ...capsulesApi(context),
    ...modelsApi(context),
    ...exportsApi(context),
    ...judgementApi(context),
    ...reviewApi(context),
    ...reportsApi(context),
    ...activityApi(context),
  })
