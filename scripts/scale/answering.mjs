/** How long the main process leaves others without an answer while it checks a data set in the window. */

/** Pairs of words and figures; what is measured of the films is known already. */
export async function checkFigures(app, page) {
  await page.getByRole('tab', { name: 'Quality' }).click()
  const start = page.getByRole('button', { name: /^Check (again|the films)$/ })
  await start.waitFor()
  await app.evaluate(watch)
  const started = performance.now()
  await start.click()
  await page.getByRole('button', { name: 'Stop', exact: true }).waitFor()
  await start.waitFor({ timeout: 1_800_000 })
  const seconds = (performance.now() - started) / 1000
  const { longest, long } = await app.evaluate(() => globalThis.answering)
  return [
    ['check again, of films that are measured', `${seconds.toFixed(0)} s`],
    ['longest that main does not answer meanwhile', `${longest.toFixed(0)} ms`],
    ['times that it does not for more than 100 ms', `${long}`],
  ]
}

/** Runs in the main process: a timer that comes late says for how long nobody was answered. */
function watch() {
  const every = 5
  const seen = { longest: 0, long: 0 }
  globalThis.answering = seen
  let last = Date.now()
  setInterval(() => {
    const late = Date.now() - last - every
    last = Date.now()
    seen.longest = Math.max(seen.longest, late)
    if (late > 100) seen.long++
  }, every)
}
