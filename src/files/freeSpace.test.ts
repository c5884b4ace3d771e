import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { freeBytes, requireRoom } from './freeSpace.ts'

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'pneumoscope-room-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

test('with statfs and without it, the disk has what df says of it', async () => {
  const folder = temporaryFolder()
  const { stdout } = spawnSync('df', ['-P', '-k', folder], { encoding: 'utf8' })
  const kilobytes = Number(stdout.trim().split('\n').at(-1)!.split(/\s+/).at(-3))
  const near = (bytes: number | undefined) => Math.abs(bytes! / 1024 - kilobytes) / kilobytes
  expect(near(await freeBytes(folder))).toBeLessThan(0.01)
  vi.resetModules()
  vi.doMock('node:fs/promises', async (original) => ({ ...(await original<object>()), statfs: undefined })) // prettier-ignore
  onTestFinished(() => vi.doUnmock('node:fs/promises'))
  const older = await import('./freeSpace.ts')
  expect(near(await older.freeBytes(folder))).toBeLessThan(0.01)
})

test('what does not fit is refused with both figures; where nothing is known, it is not', async () => {
  const folder = temporaryFolder()
  const left = (await freeBytes(folder))!
  await requireRoom(folder, left / 2, 'a file')
  await expect(requireRoom(folder, 2 * left + 1e9, 'a file')).rejects.toMatchObject({
    code: 'DISK_FULL',
    message: expect.stringMatching(/: a file needs [\d,.]+ MB of free space, and the disk has [\d,.]+ MB; free some space and try again$/) as unknown, // prettier-ignore
  })
  await requireRoom(join(folder, 'gone'), Number.MAX_SAFE_INTEGER, 'a file')
})
