/** DICOM files of several codings in the real program: its decoding threads run inside Electron there. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { zipOf } from '../integration/zipFile.ts'
import { writeDicomFilm } from './dicomFilm.ts'
import { dragFiles } from './dropFiles.ts'
import { answerOpenDialogs, call, launch, temporaryFolder } from './launch.ts'

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

test('a zip archive that is dropped on Review is unpacked, and its films are read like others', async () => {
  const launched = await launch()
  const { window } = launched
  const folder = temporaryFolder()
  const content = (name: string, haze: number) => ({
    name: `ward/${name}`,
    content: readFileSync(writeDicomFilm(folder, name, { haze, patientId: name })),
  })
  const archive = join(folder, 'films.zip')
  const letter = { name: 'ward/letter.txt', content: 'not a film' }
  writeFileSync(archive, zipOf([content('A1', 0), content('A2', 0.5), letter]))
  await window.keyboard.press('Control+1')
  await dragFiles(window, [archive], { drop: true })
  const film = window.getByRole('region', { name: 'Film' })
  await expect(film).toHaveAttribute('data-ms-to-film', /\d/, { timeout: 60_000 })
  const names = async () => (await call(window, 'worklist')).map(({ image }) => image.fileName)
  await expect.poll(names).toEqual(['A1', 'A2'])
  await expect(window.getByRole('listbox', { name: 'Films' }).getByRole('option')).toHaveCount(2)
  await expect(film.getByRole('group', { name: 'Film A1' })).toBeVisible()
  await expect(film.getByTestId('window-level')).toContainText('W 4096 · L 2048')
  const refused = window.getByRole('dialog', { name: '1 file not opened' })
  await expect(refused).toContainText('ward/letter.txt')
  await window.keyboard.press('Escape')
  await expect(refused).toBeHidden()
  await window.keyboard.press('End')
  await expect(film.getByRole('group', { name: 'Film A2' })).toBeVisible()
  // Where it was unpacked to is the library's; the archive is as it was.
  expect(readFileSync(archive).subarray(0, 2).toString('latin1')).toBe('PK')
  await launched.close()
})
