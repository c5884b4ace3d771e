import { BrowserWindow } from 'electron'

const footer = `<div style="font:8px sans-serif;color:#555;width:100%;padding:0 0.5in;display:flex;justify-content:space-between"><span class="title"></span><span>Research use only. Not a medical device.</span><span><span class="pageNumber"></span> of <span class="totalPages"></span></span></div>`

/** A page of ours as PDF, A4. It is drawn in a window that nobody sees, without scripts and without a way out. */
export async function pdfOf(html: string): Promise<Uint8Array> {
  const window = new BrowserWindow({
    show: false,
    webPreferences: {
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      javascript: false,
      spellcheck: false,
      devTools: false,
    },
  })
  try {
    await window.loadURL(
      `data:text/html;charset=utf-8;base64,${Buffer.from(html).toString('base64')}`,
    )
    return await window.webContents.printToPDF({
      ...{ pageSize: 'A4', printBackground: true, displayHeaderFooter: true },
      headerTemplate: '<span></span>',
      footerTemplate: footer,
      // Inches.
      margins: { top: 0.5, bottom: 0.6, left: 0.5, right: 0.5 },
    })
  } finally {
    window.destroy()
  }
}
