import { cpus } from 'node:os'
import { expect, test } from 'vitest'
import { EngineInfo } from '../shared/domain/engineInfo.ts'
import { describe as describeEngine, warningsOf } from './describe.ts'

test('the library names its own version, and the processor is the machine’s', async () => {
  const info = EngineInfo.parse(await describeEngine())
  expect(info.tensorflow).toMatch(/^\d+\.\d+\.\d+$/)
  expect(info.threads).toBe(cpus().length)
  if (info.backend === 'CPU') expect(info.device).toBe(cpus()[0]!.model.trim())
})

test('an idle graphics card, missing kernels and little memory are said', () => {
  const whole = { graphics: [], memoryBytes: 8 * 2 ** 30, lacksKernels: false }
  const idle = { ...whole, isUsingGpuDevice: false, graphics: ['NVIDIA T4'] }
  expect(warningsOf(idle)).toEqual([expect.stringContaining('NVIDIA T4 is not used')])
  expect(warningsOf({ ...idle, isUsingGpuDevice: true })).toEqual([])
  const slow = { ...whole, isUsingGpuDevice: false, lacksKernels: true }
  expect(warningsOf(slow)).toEqual([expect.stringContaining('about half the speed')])
  const small = { ...whole, isUsingGpuDevice: false, memoryBytes: 2 * 2 ** 30 }
  expect(warningsOf(small)).toEqual([expect.stringContaining('2.0 GB')])
})
