import { readFileSync, readdirSync } from 'node:fs'
import { createServer } from 'node:net'
import { chromium } from '@playwright/test'
import { user } from './tryDebian.mjs'

export const display = ':77'
export const limitMs = 180_000

/**
 * Starts `command` (it opens the window) as the normal user and takes hold of its page through Chromium's debugging
 * port, as nothing of Node can be: the fuses are off. `shownMs` is the time from the start of the command to the first
 * contents on the screen, by the page's own clock.
 */
export async function openInstalled({ start }, command) {
  const port = await freePort()
  const from = Date.now()
  const child = start(
    user,
    `DISPLAY=${display} exec ${command} --remote-debugging-port=${port} >> window.log 2>&1`,
  )
  let ended = false
  child.once('exit', () => (ended = true))
  try {
    const page = await firstPage(port, () => ended || Date.now() > from + limitMs)
    await page.getByRole('navigation', { name: 'Places' }).waitFor({ timeout: limitMs })
    const shownMs = (await page.evaluate(firstContents)) - from
    return { page, shownMs, end: (signal) => end(child, signal), pids: () => treeOf(child.pid) }
  } catch (cause) {
    await end(child, 'SIGKILL')
    throw cause
  }
}

/** Runs in the page: when something was first seen, in milliseconds since 1970. */
const firstContents = () => {
  const [paint] = performance.getEntriesByName('first-contentful-paint')
  return performance.timeOrigin + (paint?.startTime ?? NaN)
}

async function firstPage(port, isOver) {
  for (;;) {
    try {
      // Without Playwright's defaults: Electron answers to none of what they ask of a whole browser.
      const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`, {
        noDefaults: true,
        timeout: 20_000,
      })
      const page = browser.contexts()[0]?.pages()[0]
      if (page) return page
      await browser.close()
    } catch (cause) {
      if (isOver()) throw cause
    }
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

/** Every process that the command started gets the signal, and all are gone when this returns. */
async function end(child, signal) {
  const pids = treeOf(child.pid)
  for (const pid of pids) {
    try {
      process.kill(pid, signal)
    } catch {
      // It has ended by itself.
    }
  }
  const until = Date.now() + 30_000
  while (pids.some(isAlive) && Date.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

const isAlive = (pid) => {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}

/** A process and all that it started, and they. */
function treeOf(root) {
  const parents = new Map()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    try {
      const parent = /^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${name}/status`, 'utf8'))?.[1]
      parents.set(Number(name), Number(parent))
    } catch {
      // It ended meanwhile.
    }
  }
  const tree = [root]
  for (let at = 0; at < tree.length; at++) {
    for (const [pid, parent] of parents) if (parent === tree[at]) tree.push(pid)
  }
  return tree
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
}
