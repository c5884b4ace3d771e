import { expect, test } from 'vitest'
import { isSoftware } from './graphics.ts'

test('software renderers are told from graphics cards by their names', () => {
  expect(
    [
      'ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero)), SwiftShader driver)',
      'llvmpipe (LLVM 15.0.6, 256 bits)',
      'Microsoft Basic Render Driver',
    ].every(isSoftware),
  ).toBe(true)
  expect(isSoftware('ANGLE (NVIDIA, NVIDIA GeForce RTX 3060, OpenGL 4.5)')).toBe(false)
})
