/** The help and the About page, offline. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { expectAccessible } from './accessibility.ts'
import { call, eventually, go, launch, temporaryFolder, type Launched } from './launch.ts'
import { takeScreenshots } from './screenshots.ts'

let launched: Launched
let window: Page
test.beforeAll(async () => {
  launched = await launch()
  window = launched.window
})
test.afterAll(() => launched.close())

const article = () => window.getByRole('article')

test('F1 opens the help about the place, and its pages lead on to each other', async () => {
  await go(window, 'Experiments')
  await window.keyboard.press('F1')
  await expect(article().getByRole('heading', { name: 'Train a network' })).toBeVisible()
  const picture = article().getByRole('img').first()
  await expect
    .poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth))
    .toBe(1280)
  await article().getByRole('button', { name: 'notation' }).click()
  await expect(article().getByRole('heading', { name: 'Notation', exact: true })).toBeInViewport()
  await window.getByRole('button', { name: 'Your first film' }).click()
  await expect(article().getByRole('heading', { name: 'Your first film' })).toBeInViewport()
  await expectAccessible(window)
  await takeScreenshots(launched.app, window, 'help')
})

test('the help is searched, and a hit opens its section', async () => {
  const search = window.getByRole('searchbox', { name: 'Search the help' })
  await search.fill('verify capsule')
  await expect(window.getByText(/^\d+ found$/)).toBeVisible()
  await takeScreenshots(launched.app, window, 'help-search')
  await window.getByRole('list', { name: 'Found in the help' }).getByRole('button', { name: 'Run capsules' }).click() // prettier-ignore
  await expect(article().getByRole('heading', { name: 'Run capsules' })).toBeInViewport()
  await search.fill('xyzzy')
  await expect(window.getByText('Nothing found: try fewer words.')).toBeVisible()
})

test('every page of the help is drawn, and the table of keys leads to it', async () => {
  await window.keyboard.press('Escape')
  await go(window, 'Review')
  await window.keyboard.press('?')
  await window.getByRole('dialog').getByRole('button', { name: 'Open the help' }).click()
  const entries = window.getByRole('navigation', { name: 'Help pages' }).getByRole('button')
  await expect(entries.first()).toBeVisible()
  for (const entry of await entries.all()) {
    await entry.click()
    await expect(article().locator('h2').first()).toBeInViewport()
  }
})

test('About tells versions and licences, and saves the bill of materials', async () => {
  await go(window, 'About')
  await expect(window.getByText('Works offline')).toBeVisible()
  await expect(window.getByText('EfficientNet-Lite0 weights')).toBeVisible()
  await expect(window.getByText('TensorFlow', { exact: true }).first()).toBeVisible({ timeout: 60_000 }) // prettier-ignore
  await takeScreenshots(launched.app, window, 'about')
  await window.getByRole('button', { name: 'the licence of zod' }).click()
  await expect(window.getByRole('dialog')).toContainText('MIT License')
  await window.keyboard.press('Escape')
  await expectAccessible(window)

  const file = join(temporaryFolder(), 'sbom.cdx.json')
  await launched.app.evaluate(({ session }, to) => {
    session.defaultSession.once('will-download', (_event, item) => item.setSavePath(to))
  }, file)
  await window.getByRole('button', { name: 'Save the bill of materials…' }).click()
  const bill = await eventually(() => readBill(file))
  expect(bill).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.5' })
  expect(bill.components.map(({ name }) => name)).toEqual(expect.arrayContaining(['Electron', 'zod', 'uplot'])) // prettier-ignore
  const newest = async () => (await call(window, 'auditTrail', { limit: 1 })).entries[0]
  await expect.poll(newest).toMatchObject({ event: 'export', subject: 'window', detail: { as: 'json' } }) // prettier-ignore
})

interface Bill {
  readonly components: readonly { readonly name: string }[]
}

/** Undefined until the whole file is there. */
async function readBill(file: string): Promise<Bill | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Bill
  } catch {
    return undefined
  }
}
