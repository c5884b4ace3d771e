import { limitMs } from './installedWindow.mjs'

/**
 * The main job of tests/e2e, in the installed program, by what a person can do there: a folder is dropped and imported,
 * a network is trained for one epoch, its model shown, and a film read with it.
 */
export async function tryMainJob(page, { folder, picture }, see) {
  await place(page, 'Datasets').click()
  await page.getByText('No data set yet').waitFor({ timeout: limitMs })
  await dropOn(page, folder)
  await page.getByRole('button', { name: 'Import 24 films' }).click({ timeout: limitMs })
  await page.getByText(/^24 films · \d+ patients/).waitFor({ timeout: limitMs })
  see('a folder dropped on the window is imported', true)
  await startTraining(page, 1)
  await page.getByRole('heading', { name: 'Best epoch 1' }).waitFor({ timeout: limitMs })
  await page.screenshot({ path: picture('run') })
  see('a network is trained', true)
  await page.getByRole('button', { name: 'Show the model' }).click()
  await page.getByText('Research use only. Not a medical device.').waitFor({ timeout: limitMs })
  await place(page, 'Datasets').click()
  const films = page.getByRole('listbox', { name: 'Films' })
  await films.getByRole('option').first().waitFor({ timeout: limitMs })
  await films.focus()
  await page.keyboard.press('Enter')
  const score = page.getByTestId('score').filter({ hasText: /^[\d.]+ %$/ })
  await score.waitFor({ timeout: limitMs })
  see('a film of it is read', true, await score.innerText())
  await place(page, 'Activity').click()
  await page
    .getByRole('row', { name: /Training/ })
    .filter({ hasText: 'Done' })
    .waitFor({ timeout: limitMs })
  await page.keyboard.press('F1')
  const help = page.getByRole('article').locator('h2').first()
  await help.waitFor({ timeout: limitMs })
  see('the help opens', true, await help.innerText())
}

/** From the data set that is shown, with the recipe that the form proposes. */
export async function startTraining(page, epochs) {
  await place(page, 'Datasets').click()
  await page.getByRole('button', { name: 'Train on it' }).click({ timeout: limitMs })
  const field = page.getByRole('spinbutton', { name: 'Epochs', exact: true })
  await field.fill(String(epochs), { timeout: limitMs })
  await field.blur()
  await page.getByRole('button', { name: 'Start training' }).click()
}

/** One of the places in the rail. */
export const place = (page, name) =>
  page.getByRole('navigation', { name: 'Places' }).getByRole('button', { name })

/** As a file manager drops it: only such a drop brings the path along. */
async function dropOn(page, path) {
  const session = await page.context().newCDPSession(page)
  for (const type of ['dragEnter', 'dragOver', 'drop']) {
    const data = { items: [], files: [path], dragOperationsMask: 1 }
    await session.send('Input.dispatchDragEvent', { type, x: 600, y: 400, data })
  }
  await session.detach()
}
