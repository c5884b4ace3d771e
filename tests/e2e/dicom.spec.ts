/** DICOM files of several codings in the real program: its decoding threads run inside Electron there. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { answerOpenDialogs, call, launch } from './launch.ts'

const chest = join(__dirname, '../../../shared/dicom/chest')

test('compressed and plain DICOM films are opened and drawn, each as large as it says', async () => {
  test.skip(!existsSync(chest), 'The DICOM files are not beside this checkout (../shared/dicom)')
  const launched = await launch()
  const { app, window } = launched
  await answerOpenDialogs(app, [chest])
  await window.keyboard.press('Control+Shift+o')
  await expect
    .poll(async () => (await call(window, 'worklist')).length, { timeout: 60_000 })
    .toBeGreaterThan(0)
  const films = await call(window, 'worklist')
  const drawn = await window.evaluate(
    async (ids) => {
      const answers = []
      for (const id of ids) {
        const response = await fetch(`image://image/${id}/pixels/1`)
        answers.push({ ok: response.ok, bytes: (await response.arrayBuffer()).byteLength })
      }
      return answers
    },
    films.map(({ image }) => image.id),
  )
  expect(drawn.map(({ ok }) => ok)).toEqual(films.map(() => true))
  films.forEach(({ image }, at) => {
    expect(drawn[at]!.bytes).toBeGreaterThan(image.rows * image.columns)
  })
  await expect(window.getByRole('region', { name: 'Film' })).toHaveAttribute(
    'data-ms-to-film',
    /\d/,
  )
  await window.screenshot({ path: test.info().outputPath('dicom.png') })
  await launched.close()
})
