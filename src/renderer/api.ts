import { appContract } from '../shared/contracts/app.ts'
import { portMessage, type Bridge } from '../shared/contracts/bridge.ts'
import { connect } from '../shared/rpc/connect.ts'
import type { Client } from '../shared/rpc/contract.ts'

declare global {
  interface Window {
    readonly pneumoscope: Bridge
  }
}

/** Everything the window can ask of main. */
export type Api = Client<typeof appContract>

/** Resolves once main has handed over its port. */
export function connectToMain(): Promise<Api> {
  return new Promise((resolve) => {
    window.addEventListener('message', function receive({ data, ports, source }) {
      const [port] = ports
      if (source !== window || data !== portMessage || !port) return
      window.removeEventListener('message', receive)
      resolve(
        connect(appContract, {
          post: (message) => port.postMessage(message),
          onMessage: (listener) => {
            port.onmessage = (event) => listener(event.data)
          },
          // Main outlives the window, so the port closes only with the page itself.
          onClose: () => undefined,
        }),
      )
    })
    window.pneumoscope.connect()
  })
}

export const thumbnailUrl = (imageId: string) => `image://image/${imageId}/thumbnail`
/** `frame` from 1; `halvings`: how often the pixels shall be halved where the film allows it. */
export const pixelsUrl = (imageId: string, frame: number, halvings: number) =>
  `image://image/${imageId}/pixels/${frame}${halvings > 0 ? `/halved/${halvings}` : ''}`
export const augmentedUrl = (previewId: string, number: number) =>
  `image://augmented/${previewId}/${number}`
export const lookUrl = (lookId: string) => `image://look/${lookId}`
export const mapUrl = (mapId: string) => `image://map/${mapId}`
