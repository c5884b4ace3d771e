/** A disk that fails on purpose: the n-th operation on files below a folder, once or from then on. */
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { sep } from 'node:path'

export const faults = ['ENOSPC', 'EIO', 'EROFS', 'EACCES'] as const
type Fault = (typeof faults)[number]

export interface FaultOrder {
  readonly below: string
  /** The first one that fails, counted from 1. */
  readonly at: number
  readonly code: Fault
  /** All after it fail as well, as on a disk that stays full. */
  readonly lasts: boolean
}

/** Operations that change the disk; of a disk that only reads fail, too. */
const named = ['open', 'mkdir', 'rename', 'rm', 'writeFile', 'truncate', 'link', 'copyFile', 'unlink', 'appendFile', 'readFile', 'readdir', 'stat'] as const // prettier-ignore
const ofHandles = ['write', 'writeFile', 'sync', 'truncate', 'stat'] as const

type Call = (...args: unknown[]) => Promise<unknown>

/**
 * Runs `work` on a disk that fails as ordered. Answers what came of it and how many operations there were. Everything
 * is as before when it returns.
 */
export async function onFaultyDisk<T>(
  { below, at, code, lasts }: FaultOrder,
  work: () => Promise<T>,
): Promise<{ readonly operations: number; readonly outcome: PromiseSettledResult<T> }> {
  let operations = 0
  const fail = (name: string, path: string) => {
    operations++
    if (operations !== at && !(lasts && operations > at)) return
    throw Object.assign(new Error(`${code}: ${name} '${path}'`), { code, syscall: name, path })
  }
  const isBelow = (path: unknown): path is string =>
    typeof path === 'string' && (path === below || path.startsWith(below + sep))

  const { promises } = fs
  const before = new Map<Record<string, Call>, Record<string, Call>>()
  const replace = (target: Record<string, Call>, name: string, call: (own: Call) => Call) => {
    const kept = before.get(target) ?? {}
    before.set(target, kept)
    kept[name] ??= target[name]!
    target[name] = call(kept[name])
  }
  const functions = promises as unknown as Record<string, Call>
  const opened = new WeakSet()
  for (const name of named) {
    replace(functions, name, (own) => async (...args) => {
      const path = args.find(isBelow)
      if (path !== undefined) fail(name, path)
      const answer = await own(...args)
      if (name === 'open' && path !== undefined) opened.add(answer as object)
      return answer
    })
  }
  const probe = await before.get(functions)!['open']!(process.execPath, 'r')
  const prototype = Object.getPrototypeOf(probe) as Record<string, Call>
  await (probe as fs.promises.FileHandle).close()
  for (const name of ofHandles) {
    replace(
      prototype,
      name,
      (own) =>
        function (this: object, ...args: unknown[]) {
          if (!opened.has(this)) return own.apply(this, args)
          return Promise.resolve()
            .then(() => fail(name, 'an open file'))
            .then(() => own.apply(this, args))
        },
    )
  }
  syncBuiltinESMExports()
  try {
    const [outcome] = await Promise.allSettled([work()])
    return { operations, outcome: outcome }
  } finally {
    for (const [target, kept] of before) Object.assign(target, kept)
    syncBuiltinESMExports()
  }
}
