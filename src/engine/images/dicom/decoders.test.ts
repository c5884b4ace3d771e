import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { createDecoders } from './decoders.ts'
import { joined } from './fragments.ts'
import { openImage } from './image.ts'

const film = new URL('../../../../../shared/dicom/pixel/mono_7bit_jpegls.dcm', import.meta.url)

function packedFrame() {
  const { file, module } = openImage(readFileSync(film))
  const data = joined(file.bytes, module.element.fragments!.slice(1))
  const { rows, columns, bitsAllocated, bitsStored, signed } = module
  return {
    ...{ packing: 'jpeg-ls' as const, data, rows, columns, samplesPerPixel: 1 as const },
    ...{ bitsAllocated, bitsStored, signed },
  }
}

// The test films lie beside a checkout, not in it.
test.skipIf(!existsSync(film))(
  'a frame that takes too long is refused, and the next one is decoded',
  async () => {
    const hasty = createDecoders(1, { patienceMs: 0, msPerMegapixel: 0 })
    await expect(hasty.decode(packedFrame())).rejects.toMatchObject({
      code: 'DAMAGED',
      message: expect.stringContaining('could not be unpacked within') as string,
    })
    expect(hasty.threads()).toBe(0)
    const patient = createDecoders(1)
    const frame = packedFrame()
    const both = [
      patient.decode({ ...frame, data: frame.data.subarray(0, 60) }),
      patient.decode(frame),
    ]
    const [broken, whole] = await Promise.allSettled(both)
    expect([broken!.status, whole!.status]).toEqual(['rejected', 'fulfilled'])
    expect(patient.threads()).toBe(1)
  },
)

test.skipIf(!existsSync(film))('an idle thread keeps no program alive', async () => {
  // Of Node 16.14; its types do not know it.
  const node = process as unknown as { getActiveResourcesInfo: () => string[] }
  const ports = () =>
    node.getActiveResourcesInfo().filter((resource) => resource === 'MessagePort').length
  const before = ports()
  const decoders = createDecoders(1)
  await decoders.decode(packedFrame())
  expect([decoders.threads(), ports()]).toEqual([1, before])
})
