import { readFileSync } from 'node:fs'
import { expect, type Page } from '@playwright/test'

const source = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']

/** Expects that axe finds nothing against WCAG 2.1 AA in what the window shows now. */
export async function expectAccessible(window: Page): Promise<void> {
  const session = await window.context().newCDPSession(window)
  // The page's own policy lets no foreign script in; the debugger's way does not ask it.
  await session.send('Runtime.evaluate', { expression: `${source}; undefined` })
  const { result } = await session.send('Runtime.evaluate', {
    expression: `axe.run({ runOnly: ${JSON.stringify(rules)} }).then(({ violations }) =>
      violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join(' · ')))`,
    awaitPromise: true,
    returnByValue: true,
  })
  await session.detach()
  expect(result.value).toEqual([])
}
