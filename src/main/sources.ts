/** What a person chose or dropped: paths stay here, the window gets tokens. */
import { realpath } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Source } from '../shared/contracts/appAreas/program.ts'
import { AppError } from '../shared/errors.ts'
import { newId } from '../store/newId.ts'

export type Sources = ReturnType<typeof createSources>

export function createSources() {
  const pathsOf = new Map<string, readonly string[]>()
  return {
    /** Throws NOT_FOUND when one of them is not there. */
    async add(paths: readonly string[]): Promise<Source> {
      const real = await Promise.all(paths.map(resolved))
      const token = newId()
      pathsOf.set(token, real)
      const [first] = paths
      const label = paths.length === 1 ? basename(first!) : `${paths.length} files`
      return { token, label }
    },
    /** Throws NOT_FOUND for a token that was never given, or whose window closed. */
    paths(token: string): readonly string[] {
      const paths = pathsOf.get(token)
      if (!paths) throw new AppError('NOT_FOUND', 'Choose the files again: the choice was given up')
      return paths
    },
    forget: () => pathsOf.clear(),
  }
}

async function resolved(path: string): Promise<string> {
  try {
    return await realpath(path)
  } catch (cause) {
    throw new AppError('NOT_FOUND', `${basename(path)} is not there (any more)`, { cause })
  }
}
