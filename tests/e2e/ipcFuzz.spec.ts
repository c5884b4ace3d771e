/**
 * Every procedure of the window's contract is called with values drawn by chance: each call is answered, by a result or by
 * an error with a code of ours, and the program lives on. PNEUMOSCOPE_FUZZ says how many calls in all (1,000).
 */
import { expect, test } from '@playwright/test'
import * as fc from 'fast-check'
import { z } from 'zod'
import { appContract } from '../../src/shared/contracts/app.ts'
import { answerOpenDialogs, answerSaveDialogs, call, engineReady, launch } from './launch.ts'

const names = Object.keys(appContract) as (keyof typeof appContract)[]
const calls = Number(process.env['PNEUMOSCOPE_FUZZ'] ?? 1000)
const seed = Number(process.env['PNEUMOSCOPE_FUZZ_SEED'] ?? 1)
const each = Math.ceil(calls / names.length)

const words = fc.constantFrom('', '0', 'bundled', 'none', '01a21c72c7aec918f8c3c20baa', '../../library', '__proto__', 'constructor', '../../etc/passwd', '<img src=x onerror=alert(1)>', "'; DROP TABLE image; --", '\0', '\uD800', '=1+1', 'x'.repeat(5000)) // prettier-ignore
const value = fc.oneof(
  words,
  fc.string(),
  fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<unknown>,
  fc.constantFrom(undefined, NaN, Infinity, -0, 2 ** 53, -1, 0.5, true, []),
)

/** Anything; or an object with the keys that the procedure knows, so that what is behind the first check is reached. */
function inputsOf(name: keyof typeof appContract): fc.Arbitrary<unknown> {
  const { input } = appContract[name]
  if (!(input instanceof z.ZodObject)) return value
  const keys = Object.keys(input.shape)
  return fc.oneof(value, fc.record(Object.fromEntries(keys.map((key) => [key, value])), { requiredKeys: [] })) // prettier-ignore
}

/** Runs in the page: «CODE: words» of an error, otherwise what kind of answer came first. */
async function ask({ name, inputs }: { name: string; inputs: readonly unknown[] }) {
  const page = window as unknown as { testPort: MessagePort; testCalls: number }
  const port = page.testPort
  const answer = (input: unknown) => {
    const id = 1_000_000 + ++page.testCalls
    return new Promise<string>((resolve) => {
      const end = (words: string) => {
        port.removeEventListener('message', receive)
        clearTimeout(timer)
        port.postMessage({ type: 'cancel', id })
        resolve(words)
      }
      const receive = ({
        data,
      }: MessageEvent<{ id: number; type: string; code?: string; message?: string }>) => {
        // prettier-ignore
        if (data.id !== id) return
        end(data.type === 'error' ? `${data.code ?? ''}: ${data.message ?? ''}` : data.type)
      }
      const timer = setTimeout(() => end('silence'), 30_000)
      port.addEventListener('message', receive)
      port.postMessage({ type: 'call', id, name, input })
    })
  }
  return Promise.all(inputs.map(answer))
}

const codes = /^(?:result|progress|(?:BAD_INPUT|BAD_MODEL|CANCELLED|CONFLICT|DAMAGED|DISK_FULL|ENGINE_FAILED|LEAK|NOT_FOUND|NOT_PERMITTED|NUMERIC|OUT_OF_MEMORY|TOO_LARGE|TRUNCATED|UNSUPPORTED): [^\0]{3,})/ // prettier-ignore
/** What streams says nothing until there is something to tell. */
const streams = new Set<string>(['watchOpened'])

test(`of ${calls} calls by chance each is answered in our words, and the program lives on`, async () => {
  test.setTimeout(3_600_000)
  const launched = await launch()
  const { app, window } = launched
  await engineReady(window)
  await answerOpenDialogs(app, null)
  await answerSaveDialogs(app, null)
  const found: string[] = []
  for (const [at, name] of names.entries()) {
    if (streams.has(name)) continue
    const inputs = fc.sample(inputsOf(name), { numRuns: each, seed: seed * 1000 + at })
    const answers = await window.evaluate(ask, { name, inputs })
    answers.forEach((answer, n) => {
      if (!codes.test(answer)) found.push(`${name}(${fc.stringify(inputs[n]).slice(0, 200)}): ${answer}`) // prettier-ignore
    })
  }
  expect(found).toEqual([])
  expect((await call(window, 'about')).version).toMatch(/^\d/)
  await launched.close()
})
