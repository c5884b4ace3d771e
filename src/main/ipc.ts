/**
 * The only file that listens to ipcMain: whatever arrives is checked for its sender, its size and its
 * shape before anyone sees it.
 */
import { ipcMain, type WebFrameMain } from 'electron'
import { z } from 'zod'
import { AppError } from '../shared/errors.ts'
import type { Log } from './log.ts'
import { requireSmall } from './messageSize.ts'
import { isOwnPage } from './ownPage.ts'

interface Arrival {
  readonly senderFrame: WebFrameMain | null
}

/** Answers `invoke` of the preload script on a channel. */
export function answerChannel<Input extends z.ZodType, Output>(
  channel: string,
  schema: Input,
  log: Log,
  handler: (input: z.output<Input>, frame: WebFrameMain) => Output | Promise<Output>,
): void {
  ipcMain.handle(channel, async (event, input: unknown) => {
    const checked = check(event, channel, schema, input, log)
    return handler(checked.input, checked.frame)
  })
}

/** Takes `send` of the preload script on a channel; a refused message is logged and dropped. */
export function takeChannel<Input extends z.ZodType>(
  channel: string,
  schema: Input,
  log: Log,
  handler: (input: z.output<Input>, frame: WebFrameMain) => void,
): void {
  ipcMain.on(channel, (event, input: unknown) => {
    let checked: ReturnType<typeof check<Input>>
    try {
      checked = check(event, channel, schema, input, log)
    } catch {
      return
    }
    handler(checked.input, checked.frame)
  })
}

function check<Input extends z.ZodType>(
  { senderFrame: frame }: Arrival,
  channel: string,
  schema: Input,
  input: unknown,
  log: Log,
): { input: z.output<Input>; frame: WebFrameMain } {
  try {
    if (frame?.parent !== null || !isOwnPage(frame.url)) {
      throw new AppError('NOT_PERMITTED', 'This page may not ask that')
    }
    requireSmall(input)
    const parsed = schema.safeParse(input)
    if (!parsed.success) throw new AppError('BAD_INPUT', z.prettifyError(parsed.error))
    return { input: parsed.data, frame }
  } catch (cause) {
    log.failure(`refused ${channel}`, cause)
    throw cause
  }
}
