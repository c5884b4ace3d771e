import { expect, test } from 'vitest'
import { canRunCuda, driverVersion, isAtLeast } from './nvidia.mjs'

test('the version is read from what either kind of NVIDIA driver says of itself', () => {
  const closed =
    'NVRM version: NVIDIA UNIX x86_64 Kernel Module  535.183.01  Sun May 12 19:39:15 UTC 2024'
  const open =
    'NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  570.124.06  Release Build  (root@host)'
  expect(driverVersion(closed)).toBe('535.183.01')
  expect(driverVersion(open)).toBe('570.124.06')
  expect(driverVersion('something else')).toBe('unknown')
})

test('versions compare number by number', () => {
  expect(isAtLeast('525.60.13', '525.60')).toBe(true)
  expect(isAtLeast('525.9', '525.60')).toBe(false)
  expect(isAtLeast('1000.1', '525.60')).toBe(true)
})

test('CUDA 12 is offered from driver 525.60 on', () => {
  expect(canRunCuda('470.256.02')).toBe(false)
  expect(canRunCuda('525.60.13')).toBe(true)
})
