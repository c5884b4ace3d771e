/** The system's dialogs; undefined when the person closed them. */
import {
  dialog,
  type BrowserWindow,
  type OpenDialogOptions,
  type SaveDialogOptions,
} from 'electron'

export async function chooseToOpen(
  window: BrowserWindow | undefined,
  options: OpenDialogOptions,
): Promise<readonly string[] | undefined> {
  const { canceled, filePaths } = await (window
    ? dialog.showOpenDialog(window, options)
    : dialog.showOpenDialog(options))
  return canceled || filePaths.length === 0 ? undefined : filePaths
}

export async function chooseToSave(
  window: BrowserWindow | undefined,
  options: SaveDialogOptions,
): Promise<string | undefined> {
  const { canceled, filePath } = await (window
    ? dialog.showSaveDialog(window, options)
    : dialog.showSaveDialog(options))
  return canceled || !filePath ? undefined : filePath
}
