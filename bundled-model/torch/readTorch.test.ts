import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readTorch } from './readTorch.ts'

const fixture = () => readFile(join('tests', 'fixtures', 'tensors.pth'))

test('tensors come in row-major order, also where a file keeps them turned', async () => {
  const tensors = readTorch(await fixture())
  expect(tensors.get('straight')).toEqual({
    shape: [2, 3],
    values: Float32Array.of(0, 1, 2, 3, 4, 5),
  })
  expect(tensors.get('turned')).toEqual({
    shape: [3, 2],
    values: Float32Array.of(0, 3, 1, 4, 2, 5),
  })
})

test('whole numbers that only count batches are left out', async () => {
  expect([...readTorch(await fixture()).keys()]).toEqual(['straight', 'turned'])
})

test('a file that names anything but tensors is refused, and nothing of it runs', async () => {
  const file = await fixture()
  const text = file.toString('latin1').replace('torch\nFloatStorage', 'posix\nsystemstorag')
  expect(() => readTorch(Buffer.from(text, 'latin1'))).toThrow(/names posix systemstorag/)
})

test('a file that ends too early is refused at whatever byte', async () => {
  const file = await fixture()
  for (let length = 0; length < file.length; length++)
    expect(() => readTorch(file.subarray(0, length))).toThrow(
      expect.objectContaining({ code: 'BAD_MODEL' }),
    )
})
