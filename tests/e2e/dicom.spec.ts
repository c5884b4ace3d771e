/** DICOM files of several codings in the real program: its decoding threads run inside Electron there. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { zipOf } from '../integration/zipFile.ts'
import { writeDicomFilm } from './dicomFilm.ts'
import { dragFiles } from './dropFiles.ts'
import { answerOpenDialogs, call, launch, temporaryFolder } from './launch.ts'
import { takeScreenshots } from './screenshots.ts'

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

/** Of one patient, a year apart; rows lead to the patient's left, columns to the feet. */
function writePair(): readonly string[] {
  const folder = temporaryFolder()
  const film = (name: string, date: string, uid: string, haze: number) =>
    writeDicomFilm(folder, name, {
      haze,
      more: [
        [0x0008_0020, 'DA', date],
        [0x0020_000d, 'UI', `1.2.826.0.1.3680043.8.498.${uid}`],
        [0x0020_0020, 'CS', 'L\\F'],
      ],
    })
  return [film('now', '20240229', '900', 0.6), film('before', '20230301', '800', 0)]
}

test('the prior of a patient hangs beside the newer film, linked, each edge with the side of the patient', async () => {
  const launched = await launch()
  const { app, window } = launched
  await window.keyboard.press('Control+1')
  await dragFiles(window, writePair(), { drop: true })
  const film = window.getByRole('region', { name: 'Film' })
  await expect(film).toHaveAttribute('data-ms-to-film', /\d/, { timeout: 60_000 })
  await expect.poll(async () => (await call(window, 'worklist')).length).toBe(2)
  const newer = (await call(window, 'worklist')).findIndex(({ image }) => image.fileName === 'now')
  await window.keyboard.press(newer === 0 ? 'Home' : 'End')
  const panes = film.locator('canvas.film')
  await expect(panes).toHaveCount(2)
  await expect(film.getByTestId('zoom')).toHaveCount(2)
  await expect(film).toContainText('Prior')
  await expect(film.getByTestId('edge-left')).toHaveText(['R', 'R'])
  await expect(film.getByTestId('edge-top')).toHaveText(['H', 'H'])
  // Nothing of the prior's identity lies under the choice of another film.
  const choice = (await window.getByRole('combobox', { name: 'Film beside it' }).boundingBox())!
  const identity = (await film.getByTestId('identity').nth(1).boundingBox())!
  expect(identity.y).toBeGreaterThanOrEqual(choice.y + choice.height)
  await takeScreenshots(app, window, 'prior-beside')
  // Linked: one is mirrored and windowed with the other.
  await window.keyboard.press('4')
  const [first, second] = await film.getByTestId('window-level').allInnerTexts()
  expect(first).toContain('Bone')
  expect(second).toContain('Bone')
  await window.keyboard.press('h')
  await expect(film.getByText('FLIPPED')).toHaveCount(2)
  await expect(film.getByTestId('edge-left')).toHaveText(['L', 'L'])
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
