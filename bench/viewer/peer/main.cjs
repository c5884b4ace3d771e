// A window as large as the program's own, with nothing in it but the peer's page.
const { app, BrowserWindow } = require('electron')
const { join } = require('node:path')

app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1280, height: 800, useContentSize: true })
  return window.loadFile(join(__dirname, 'index.html'))
})
