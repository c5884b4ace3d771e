/** From a trained model to its score card, a threshold and zones, as a person does it. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { expectAccessible } from './accessibility.ts'
import {
  answerSaveDialogs,
  call,
  engineReady,
  eventually,
  launch,
  temporaryFolder,
} from './launch.ts'
import { takeScreenshots } from './screenshots.ts'
import { makeSamples, trainModel } from './trainModel.ts'

const judge = async (window: Page, films: string) => {
  await window.getByRole('combobox', { name: 'Films to judge on' }).selectOption({ label: films })
  await window.getByRole('button', { name: 'Judge the model' }).click()
}

test('a model is judged, and its threshold, zones and calibration are chosen', async () => {
  test.setTimeout(300_000)
  const launched = await launch()
  const { app, window } = launched
  await engineReady(window)
  const datasetId = await makeSamples(window, 200)
  await trainModel(window, datasetId, { recipe: 'small', epochs: 3 })
  await window.getByRole('button', { name: 'Models', exact: true }).click()
  await window.getByRole('tab', { name: 'Score card' }).click()
  await expect(window.getByText('Nothing is judged yet.')).toBeVisible()

  await test.step('validation films give curves, and each number opens its films', async () => {
    await judge(window, 'validation films')
    await expect(window.getByRole('group', { name: /^ROC curve/ })).toBeVisible({ timeout: 60_000 })
    await window
      .getByRole('button', { name: /films of NORMAL called NORMAL/ })
      .last()
      .click()
    await expect(window.getByRole('dialog')).toContainText('most wrong first')
    await takeScreenshots(app, window, 'films-behind-a-figure')
    await window.keyboard.press('Escape')
    await window
      .getByRole('button', { name: /films scored|film scored/ })
      .first()
      .click()
    await expect(window.getByRole('dialog')).toBeVisible()
    await window.keyboard.press('Escape')
  })

  await test.step('a threshold, zones and a calibration are chosen on them', async () => {
    await window.getByRole('button', { name: 'Choose the threshold' }).click()
    await expect(window.getByText(/chosen to find at least 95 % of the cases/)).toBeVisible()
    await window.getByRole('button', { name: 'Choose the zones' }).click()
    await expect(window.getByRole('row', { name: /Uncertain/ })).toBeVisible()
    await window.getByRole('button', { name: 'Platt scaling' }).click()
    await expect(window.getByText(/Calibrated:\s+Platt scaling/)).toBeVisible()
    await window.getByRole('slider', { name: /Cases among 100 films/ }).fill('1')
    await expect(window.getByTestId('at-prevalence')).toContainText('of 100 films are flagged')
    await takeScreenshots(app, window, 'score-card')
    await expectAccessible(window)
    const model = (await call(window, 'listModels')).find(({ isDefault }) => isDefault)
    expect(model?.manifest.operatingPoint?.goal).toEqual({ kind: 'sensitivity', atLeast: 0.95 })
    expect(model?.manifest.threshold).toBe(model?.manifest.operatingPoint?.threshold)
  })

  await test.step('films changed where no disease is tell what decisions hang on', async () => {
    await window.getByRole('button', { name: 'Test for shortcuts' }).click()
    const tests = window.getByRole('region', { name: 'Shortcut tests' })
    await expect(tests.getByRole('row', { name: /Mirrored/ })).toBeVisible({ timeout: 120_000 })
    await expect(tests.getByRole('row')).toHaveCount(6)
    await tests.getByRole('button', { name: 'Borders blank: all films' }).click()
    const dialog = window.getByRole('dialog')
    await expect(dialog).toContainText('those that moved most first')
    await expect(dialog).toContainText('→')
    await window.keyboard.press('Escape')
    const subgroups = window.getByRole('region', { name: 'Subgroups' })
    await subgroups
      .getByRole('button', { name: /: its films$/ })
      .first()
      .click()
    await expect(dialog).toContainText('most wrong first')
    await window.keyboard.press('Escape')
    await tests.scrollIntoViewIfNeeded()
    await takeScreenshots(app, window, 'score-card-shortcuts')
    await expectAccessible(window)
  })

  await test.step('all films are judged beside them, and nothing may be chosen there', async () => {
    await judge(window, 'all films')
    await expect(window.getByRole('columnheader', { name: /all films/ })).toBeVisible({ timeout: 60_000 }) // prettier-ignore
    await window.getByRole('combobox', { name: 'Curves of' }).selectOption({ index: 0 })
    await takeScreenshots(app, window, 'score-card-two-sets')
  })

  await test.step('figures, points of curves, mapped bins and zones open their films too', async () => {
    const dialog = window.getByRole('dialog')
    const opens = async (title: RegExp) => {
      await expect(dialog).toContainText(title)
      await expect(dialog).toContainText('most wrong first')
      await window.keyboard.press('Escape')
      await expect(dialog).toHaveCount(0)
    }
    await window.getByRole('button', { name: /Sensitivity on .*validation: its films/ }).click()
    await opens(/Sensitivity on/)
    for (const [name, words] of [
      ['ROC curve', /called from .*sensitivity/],
      ['Precision and recall', /called from .*precision/],
      ['Coverage and error', /of the films decided/],
    ] as const) {
      const curve = window.getByRole('slider', { name: new RegExp(`^${name}.*its points`) }).first()
      await curve.focus()
      await window.keyboard.press('ArrowRight')
      await window.keyboard.press('ArrowRight')
      await window.keyboard.press('Enter')
      await opens(words)
    }
    await window
      .getByRole('group', { name: /^Reliability/ })
      .getByRole('button')
      .last()
      .click()
    await opens(/scored .* \(raw\)/)
    await window.getByRole('button', { name: 'Uncertain: its films' }).click()
    await expect(dialog).toContainText('Uncertain: all films')
    await window.keyboard.press('Escape')
  })

  await test.step('another model on the same films is compared by DeLong and McNemar', async () => {
    const models = await call(window, 'listModels')
    const other = models.find(({ isDefault }) => !isDefault)
    expect(other, 'the bundled model').toBeDefined()
    await call(window, 'startAssessment', { modelId: other!.id, datasetId, part: 'all' })
    await eventually(async () => {
      const [judged] = await call(window, 'listAssessments', { modelId: other!.id })
      return judged
    }, 120_000)
    await window.getByRole('tab', { name: 'Card', exact: true }).click()
    await window.getByRole('tab', { name: 'Score card' }).click()
    const comparison = window.getByRole('region', { name: 'Compared with another model' })
    await comparison.getByRole('combobox').selectOption({ index: 1 })
    await expect(comparison.getByRole('row', { name: /Its chance/ })).toContainText([
      /p [=<]/,
      /p [=<]/,
    ])
    await comparison.getByRole('row', { name: /Decided rightly by Small/ }).getByRole('button').click() // prettier-ignore
    await expect(window.getByRole('dialog')).toContainText('alone decides rightly')
    await window.keyboard.press('Escape')
    await comparison.scrollIntoViewIfNeeded()
    await takeScreenshots(app, window, 'score-card-comparison')
    await expectAccessible(window)
  })

  await test.step('a film shows both probabilities, its zone, and a map with its tests', async () => {
    const { images } = await call(window, 'images', { datasetId, filter: {}, offset: 0, limit: 12 })
    await call(window, 'openImages', { imageIds: images.map(({ id }) => id) })
    await window.getByRole('button', { name: 'Review', exact: true }).click()
    const reading = window.getByRole('region', { name: 'Reading' })
    await expect(reading.getByTestId('score')).toBeVisible({ timeout: 60_000 })
    await expect(reading.getByText(/scored (this|in between)/)).toBeVisible()
    const map = window.getByTestId('heat-map')
    await expect(map).toHaveCount(0)
    await window.keyboard.press('m')
    await expect(map).toBeVisible({ timeout: 60_000 })
    await expect(window.getByTestId('map-caption')).toContainText('Grad-CAM of conv2d_2')
    await expect(reading.getByTestId('map-trust')).toContainText('Trust:', { timeout: 60_000 })
    await takeScreenshots(app, window, 'review-map')
    await expectAccessible(window)
  })

  await test.step('the map lies on the film however that is turned', async () => {
    const corner = () =>
      window.getByTestId('heat-map').evaluate((canvas) => {
        const { a, b, c, d } = new DOMMatrix(getComputedStyle(canvas).transform)
        return [a, b, c, d].map((value) => Math.sign(Math.round(value * 1000)))
      })
    expect(await corner()).toEqual([1, 0, 0, 1])
    await window.keyboard.press('r')
    await expect.poll(corner).toEqual([0, 1, -1, 0])
    await window.keyboard.press('h')
    await expect.poll(corner).toEqual([0, 1, 1, 0])
    await window.keyboard.press('h')
    await window.keyboard.press('l')
    await expect.poll(corner).toEqual([1, 0, 0, 1])
  })

  await test.step('another film gives the map up; method and opacity stay', async () => {
    const before = await window.getByTestId('map-caption').textContent()
    await window.keyboard.press('Shift+M')
    await expect(window.getByTestId('map-caption')).toContainText('Grad-CAM++', { timeout: 60_000 })
    expect(await window.getByTestId('map-caption').textContent()).not.toBe(before)
    await window.keyboard.press('ArrowDown')
    await expect(window.getByTestId('map-caption')).toContainText('Grad-CAM++', { timeout: 60_000 })
    await window.keyboard.press(']')
    await expect(window.getByTestId('heat-map')).toHaveCSS('opacity', '0.7')
    await window.keyboard.press('m')
    await expect(window.getByTestId('heat-map')).toHaveCount(0)
  })

  await test.step('both renderers carry it', async () => {
    for (const [drawing, kind] of [
      ['processor', 'canvas2d'],
      ['graphics-card', 'webgl2'],
    ] as const) {
      await call(window, 'writeSetting', { key: 'review.drawing', value: drawing })
      await window.reload()
      await expect(window.locator(`canvas.film[data-renderer=${kind}]`)).toBeVisible()
      await expect(window.getByTestId('score')).toBeVisible({ timeout: 60_000 })
      await window.keyboard.press('m')
      await expect(window.getByTestId('heat-map')).toBeVisible({ timeout: 60_000 })
    }
  })

  await test.step('the model and a film are reported as HTML and PDF, and the trail tells of it', async () => {
    const folder = temporaryFolder()
    const [model] = await call(window, 'listModels')
    const [item] = await call(window, 'worklist')
    const written = async (name: string, order: () => Promise<boolean>) => {
      await answerSaveDialogs(app, join(folder, name))
      expect(await order()).toBe(true)
      return readFileSync(join(folder, name))
    }
    const modelId = model!.id
    const imageId = item!.image.id
    const page = await written('model.html', () => call(window, 'exportModelReport', { modelId, format: 'html' })) // prettier-ignore
    expect(page.toString()).toContain('Sensitivity')
    const print = await written('model.pdf', () => call(window, 'exportModelReport', { modelId, format: 'pdf' })) // prettier-ignore
    expect(print.subarray(0, 5).toString()).toBe('%PDF-')
    expect(print.length).toBeGreaterThan(20_000)
    const film = await written('film.pdf', () => call(window, 'exportFilmReport', { imageId, format: 'pdf', method: 'grad-cam' })) // prettier-ignore
    expect(film.subarray(0, 5).toString()).toBe('%PDF-')
    expect(film.length).toBeGreaterThan(20_000)
    const { head, entries } = await call(window, 'auditTrail', { limit: 3 })
    expect(entries.map(({ event }) => event)).toEqual(['export', 'export', 'export'])
    expect(entries[0]!.hash).toBe(head.hash)
  })

  await test.step('the trail is listed, its chain is whole, and its end is told', async () => {
    await window.getByRole('button', { name: 'Activity', exact: true }).click()
    await window.getByRole('tab', { name: 'Audit trail' }).click()
    const trail = window.getByTestId('audit')
    await expect(trail).toContainText('Chain whole', { timeout: 60_000 })
    await expect(trail.getByTestId('audit-head')).toHaveText(/^\d+:[0-9a-f]{64}$/)
    await expect(trail.getByRole('row', { name: /Decision changed/ }).first()).toBeVisible()
    await takeScreenshots(app, window, 'audit-trail')
    await expectAccessible(window)
  })
  await launched.close()
})
