/** Runs in the page: what a person would do there. */
'use strict'

globalThis.steered = (() => {
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
  const until = async (find) => {
    for (;;) {
      const found = find()
      if (found) return found
      await frame()
    }
  }
  const grid = () => document.querySelector('[role=listbox][aria-label=Films]')
  const labelled = (selector, words) =>
    [...document.querySelectorAll(selector)].find((element) => words.test(element.innerText.trim()))
  const told = () => labelled('[role=status]', /films?$/)?.innerText
  const cells = () => [...(grid()?.querySelectorAll('[role=option]') ?? [])]

  const startButton = () => labelled('button', /^Check (again|the films)$/)
  const stopButton = () => labelled('button', /^Stop$/)
  const saidOfCheck = () => stopButton()?.parentElement.querySelector('[role=status]').innerText

  /** Until every film in view has its picture. */
  const drawn = () =>
    until(() => {
      const pictures = cells().map((cell) => cell.querySelector('img'))
      return pictures.length > 0 && pictures.every((picture) => picture?.complete && picture.naturalWidth > 0) // prettier-ignore
    })
  const timed = async (work) => {
    const started = performance.now()
    await work()
    return performance.now() - started
  }

  return {
    open: async () => {
      const datasets = await until(() => labelled('[aria-label=Places] button', /^Datasets$/))
      return timed(async () => {
        datasets.click()
        await drawn()
      })
    },

    /** A third of a row in each frame, as a hand on a wheel does. */
    scroll: async (count) => {
      const step = cells()[0].offsetHeight / 3
      const times = []
      let last = await frame()
      for (let at = 0; at < count; at++) {
        grid().scrollTop += step
        const now = await frame()
        times.push(now - last)
        last = now
      }
      times.sort((a, b) => a - b)
      return { median: times[Math.floor(count / 2)], p95: times[Math.floor(count * 0.95)] }
    },

    /** To so many places of all; the most cells that there were. */
    jump: async (from, to, places) => {
      let most = 0
      for (let place = from; place < to; place++) {
        const { scrollHeight, clientHeight } = grid()
        grid().scrollTop = ((place + 1) / places) * (scrollHeight - clientHeight)
        await frame()
        await drawn()
        most = Math.max(most, cells().length)
      }
      return most
    },

    filter: async () => {
      grid().scrollTop = 0
      await frame()
      await drawn()
      const all = told()
      return timed(async () => {
        document.querySelector('[aria-label=Filter] input[type=checkbox]').click()
        await until(() => told() !== undefined && told() !== all)
        await drawn()
      })
    },

    /** Begins the check of quality; what it says first. */
    begin: async () => {
      labelled('[role=tab]', /^Quality$/).click()
      const start = await until(startButton)
      start.click()
      return until(() => /\d/.test(saidOfCheck()) && saidOfCheck())
    },

    /** Stops it; what it said last, and the time until it had stopped. */
    stop: async () => {
      const said = saidOfCheck()
      const ms = await timed(async () => {
        stopButton().click()
        await until(() => !stopButton() && startButton())
      })
      return { said, ms }
    },

    finish: () => timed(() => until(() => !stopButton() && startButton())),
  }
})()
