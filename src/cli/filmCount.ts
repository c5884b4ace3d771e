import type { Context } from './verb.ts'

/** How a call that goes through films is followed: a bar tells how many are done, and Ctrl+C ends it. */
export const followingFilms = ({ output, signal }: Pick<Context, 'output' | 'signal'>) => ({
  signal,
  onProgress: ({ done, total }: { readonly done: number; readonly total: number }) =>
    output.progress(done / total, `${done} of ${total} films`),
})
