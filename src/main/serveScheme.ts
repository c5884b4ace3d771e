/** One way to answer requests of a scheme on every Electron: `protocol.handle` where it exists, buffers before. */
import { protocol } from 'electron'

export interface Answer {
  readonly status: number
  readonly contentType: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

type Handle = (scheme: string, handler: (request: { url: string }) => Promise<object>) => void
type NewResponse = new (
  body: Uint8Array,
  init: { status: number; headers: Record<string, string> },
) => object

/** What Electron 22 has in the place of `protocol.handle`. */
type RegisterBuffers = (
  scheme: string,
  handler: (
    request: { url: string },
    respond: (answer: {
      statusCode: number
      mimeType: string
      charset?: string
      headers: Record<string, string>
      data: Buffer
    }) => void,
  ) => void,
) => boolean

export function serveScheme(scheme: string, answer: (address: string) => Promise<Answer>): void {
  // Electron 25 and later; there the global Response exists, which Node 16's types do not know.
  if ('handle' in protocol) {
    const { Response } = globalThis as unknown as { readonly Response: NewResponse }
    const handle = protocol.handle.bind(protocol) as unknown as Handle
    handle(scheme, async ({ url }) => {
      const { status, contentType, headers, body } = await answer(url)
      return new Response(body, { status, headers: { ...headers, 'Content-Type': contentType } })
    })
    return
  }
  registerBuffers(scheme, answer)
}

function registerBuffers(scheme: string, answer: (address: string) => Promise<Answer>): void {
  const old = protocol as unknown as { readonly registerBufferProtocol: RegisterBuffers }
  old.registerBufferProtocol(scheme, ({ url }, respond) => {
    void answer(url).then(({ status, contentType, headers, body }) => {
      const data = Buffer.from(body.buffer, body.byteOffset, body.byteLength)
      const [mimeType, charset] = contentType.split('; charset=')
      respond({
        statusCode: status,
        mimeType: mimeType!,
        ...(charset !== undefined && { charset }),
        headers: { ...headers, 'Content-Type': contentType },
        data,
      })
    })
  })
}

/** A refusal with its reason in plain words. */
export const refuse = (
  status: number,
  reason: string,
  headers: Readonly<Record<string, string>> = {},
): Answer => ({
  status,
  contentType: 'text/plain; charset=utf-8',
  headers: { 'X-Content-Type-Options': 'nosniff', ...headers },
  body: Buffer.from(reason, 'utf8'),
})
