/** Names, patients and notes that are HTML or scripts are shown as they are written: nothing of them becomes an element, and nothing runs. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { writeFilm } from './films.ts'
import { answerOpenDialogs, call, engineReady, go, launch, temporaryFolder } from './launch.ts'
import { trainModel } from './trainModel.ts'

const act = 'globalThis.markupRan=1'
const events = ['onerror', 'onload', 'onclick', 'onfocus', 'onmouseover', 'ontoggle', 'onanimationstart', 'onbeforeinput'] // prettier-ignore
const elements = ['img src=x', 'svg', 'input autofocus', 'details open', 'video autoplay src=x']
const whole = [
  `<script>${act}</script>`, `<script src=data:text/javascript,${act}></script>`, `"><script>${act}</script>`,
  `javascript:${act}`, `<a href="javascript:${act}">a</a>`, `<iframe srcdoc="<script>${act}</script>"></iframe>`,
  `<style>*{background:url(https://example.org/)}</style>`, `<base href=https://example.org/>`, '{@html name}', `\${${act}}`,
] // prettier-ignore
const payloads = [
  ...elements.flatMap((element) => events.map((event) => `<${element} ${event}=${act}>`)),
  ...whole,
]
/** As a file can be called. */
const asName = (payload: string) => payload.replaceAll('/', '∕')

/** Runs in the page: elements that only a payload could have made. */
const foreign = () =>
  document.querySelectorAll('[onerror],[onload],[onclick],[onfocus],[onmouseover],[ontoggle],[onanimationstart],[onbeforeinput],img[src="x"],video,iframe,base,a[href^="javascript:"],script:not([src])') // prettier-ignore
  .length

async function expectText(window: Page) {
  expect(await window.evaluate(foreign)).toBe(0)
  expect(await window.evaluate(() => (globalThis as Record<string, unknown>)['markupRan'])).toBeUndefined() // prettier-ignore
}

test('fifty pieces of markup in every name that is shown stay words', async () => {
  test.setTimeout(400_000)
  expect(payloads.length).toBeGreaterThanOrEqual(50)
  const launched = await launch()
  const { app, window } = launched
  const violations: string[] = []
  window.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) violations.push(message.text())
  })
  await engineReady(window)
  const folder = join(temporaryFolder(), '<b onclick=globalThis.markupRan=1>ward')
  const classes = payloads.slice(0, 2).map(asName)
  for (const [at, payload] of payloads.entries()) {
    const inside = join(folder, classes[at % 2]!)
    mkdirSync(inside, { recursive: true })
    await writeFilm(window, inside, `${at} ${asName(payload)}.jpeg`, { haze: at / 60 })
  }
  writeFileSync(join(folder, `${asName(whole[0]!)}.txt`), 'no film')

  await test.step('in files, classes, patients and refusals of a data set', async () => {
    await go(window, 'Datasets')
    await answerOpenDialogs(app, [folder])
    await window.getByRole('button', { name: 'Import a folder' }).first().click()
    const start = window.getByRole('button', { name: `Import ${payloads.length} films` })
    await expect(start).toBeEnabled({ timeout: 60_000 })
    await expectText(window)
    await start.click()
    await expect(window.getByText(`${payloads.length} films`, { exact: true })).toBeVisible({ timeout: 120_000 }) // prettier-ignore
    await expect(window.getByText(classes[0]!, { exact: true }).first()).toBeVisible()
    await expectText(window)
    for (const tab of ['Sample sheet', 'Contents']) {
      await window.getByRole('tab', { name: tab }).click()
      await expect(window.getByText(classes[1]!).first()).toBeVisible()
      await expectText(window)
    }
  })

  await test.step('in the names of a data set, a run and a model', async () => {
    const [dataset] = await call(window, 'listDatasets')
    await trainModel(window, dataset!.id, { recipe: 'small', epochs: 1 })
    const [run] = await call(window, 'listRuns')
    // All of them stand in names of files; each element and each kind of event here once more.
    for (const payload of payloads.filter((_, at) => at % 5 === 0)) {
      await call(window, 'renameDataset', { datasetId: dataset!.id, name: payload })
      await call(window, 'renameRun', { runId: run!.id, name: payload })
      await call(window, 'renameModel', { modelId: run!.modelId!, name: payload })
      for (const place of ['Datasets', 'Experiments', 'Models']) {
        await go(window, place)
        await expect(window.getByText(payload, { exact: true }).first()).toBeAttached()
        await expectText(window)
      }
    }
  })

  await test.step('in the worklist and in notes', async () => {
    await answerOpenDialogs(app, [folder])
    const source = await call(window, 'chooseSource', { kind: 'folder' })
    const { opened } = await call(window, 'openFilms', { source: source!.token })
    for (const [at, imageId] of opened.entries()) {
      await call(window, 'writeNote', { imageId, note: payloads[at % payloads.length]! })
    }
    await go(window, 'Review')
    const list = window.getByRole('listbox', { name: 'Films' })
    await expect(list.getByRole('option').first()).toBeVisible()
    await list.focus()
    for (let left = opened.length; left > 0; left--) {
      await window.keyboard.press('ArrowDown')
      await expectText(window)
    }
    await expect(window.getByLabel('Note', { exact: true })).not.toHaveValue('')
    await go(window, 'Activity')
    await expectText(window)
  })
  expect(violations).toEqual([])
  await launched.close()
})
