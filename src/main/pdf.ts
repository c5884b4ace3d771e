import { BrowserWindow } from 'electron'

/** A page of ours as PDF, A4. It is drawn in a window that nobody sees, without scripts and without a way out. */
export async function pdfOf(html: string): Promise<Uint8Array> {
  const window = new BrowserWindow({
    show: false,
    webPreferences: {
      ...{ contextIsolation: true, sandbox: true, nodeIntegration: false, webSecurity: true },
      ...{ webviewTag: false, javascript: false, spellcheck: false, devTools: false },
    },
  })
  try {
    await window.loadURL(
      `data:text/html;charset=utf-8;base64,${Buffer.from(html).toString('base64')}`,
    )
    return await window.webContents.printToPDF({ pageSize: 'A4', printBackground: true })
  } finally {
    window.destroy()
  }
}
