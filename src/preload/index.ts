/** The bridge between page and main: it passes on a port and dropped files' paths, and knows no procedure. */
import * as electron from 'electron'
import type { Source } from '../shared/contracts/appAreas/program.ts'
import { portMessage, type Bridge, type DroppedFile } from '../shared/contracts/bridge.ts'

const { contextBridge, ipcRenderer } = electron

// A MessagePort cannot cross the context bridge; a message event on the window carries it.
ipcRenderer.on('rpc:port', ({ ports }) =>
  window.postMessage(portMessage, window.location.origin, ports),
)

const bridge: Bridge = {
  connect: () => ipcRenderer.send('rpc:connect'),
  sourceOfDrop: async (files) => {
    const source: unknown = await ipcRenderer.invoke('source:dropped', files.map(pathOf))
    return source as Source
  },
}

/** Electron 22 has the path on the file; later ones ask webUtils for it. */
function pathOf(file: DroppedFile): string {
  if (!(file instanceof File)) return ''
  if ('webUtils' in electron) return electron.webUtils.getPathForFile(file)
  return (file as File & { readonly path: string }).path
}

contextBridge.exposeInMainWorld('pneumoscope', bridge)
