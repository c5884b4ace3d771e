import { expect, test } from 'vitest'
import { engineHandlers } from '../../engine/handlers.ts'
import { engineContract } from '../../shared/contracts/engine.ts'
import { localClient } from '../localEngine.ts'
import { run } from '../run.ts'

process.env['PNEUMOSCOPE_BACKEND'] = 'wasm'

async function doctor(...words: string[]) {
  const out: string[] = []
  const status = await run(['doctor', ...words], {
    stdout: { write: (text) => out.push(text) },
    stderr: { write: () => undefined },
    engine: localClient(engineContract, engineHandlers()),
    signal: new AbortController().signal,
  })
  return { status, text: out.join('') }
}

test('without the native addon the doctor says what computes instead, and why', async () => {
  const { status, text } = await doctor()
  expect(status).toBe(0)
  expect(text).toMatch(/^TensorFlow {2}not in use( \(.+\))?$/m)
  expect(text).toMatch(/^Backend {5}WASM \(screening and evaluation only\)$/m)
  expect(text).toMatch(/^Warning {5}TensorFlow's native library cannot be used: .*Unset/m)
})

test('a program that asks is told the same', async () => {
  const facts: unknown = JSON.parse((await doctor('--json')).text)
  expect(facts).toMatchObject({ backend: 'WASM', tensorflow: null })
})
