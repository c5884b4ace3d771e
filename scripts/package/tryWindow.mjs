import { readFileSync, readdirSync } from 'node:fs'
import { chromium } from '@playwright/test'
import { windowProgram } from './stage.mjs'
import { user } from './tryDebian.mjs'

const display = ':77'
const port = 39_417
const startLimitMs = 120_000

/** The window, on a display in memory: opens a film that it is started with, and scores it with the bundled model. */
export async function tryWindow({ as, start }, see, picture) {
  const screen = start(user, `Xvfb ${display} -screen 0 1440x900x24 -nolisten tcp`)
  const film = as(
    user,
    'find $HOME/films -name "*.png" -o -name "*.jpeg" -o -name "*.jpg" | sort | head -1',
  ).stdout.trim()
  const from = Date.now()
  const program = start(
    user,
    `sleep 1; DISPLAY=${display} pneumoscope window "${film}" --remote-debugging-port=${port} > window.log 2>&1`,
  )
  try {
    const page = await firstPage(from)
    await page.getByRole('navigation', { name: 'Places' }).waitFor({ timeout: startLimitMs })
    see(
      'the window opens for a normal user',
      true,
      `${((Date.now() - from - 1000) / 1000).toFixed(1)} s after its start`,
    )
    const score = page.getByTestId('score').filter({ hasText: /^\d+ %$/ })
    await score.waitFor({ timeout: startLimitMs })
    await page.screenshot({ path: picture })
    see('the film that it was started with is scored', true, await score.innerText())
    const renderers = childrenNamed(windowProgram, '--type=renderer')
    const shut = renderers.filter((pid) =>
      /^Seccomp:\s+2$/m.test(readFileSync(`/proc/${pid}/status`, 'utf8')),
    )
    see(
      'each page is in the sandbox',
      renderers.length > 0 && shut.length === renderers.length,
      `${shut.length} of ${renderers.length} with a system call filter`,
    )
    const noSandbox = childrenNamed(windowProgram, '--no-sandbox')
    see('no process was started without a sandbox', noSandbox.length === 0)
  } catch (cause) {
    const log = as(user, 'tail -20 window.log').output
    see('the window opens and scores', false, `${cause.message}\n${log}`)
  } finally {
    for (const child of [program, screen]) {
      try {
        process.kill(-child.pid, 'SIGTERM')
      } catch {
        // It has ended by itself.
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 3000))
  }
}

async function firstPage(from) {
  for (;;) {
    try {
      const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`)
      const page = browser.contexts()[0]?.pages()[0]
      if (page) return page
      await browser.close()
    } catch (cause) {
      if (Date.now() - from > startLimitMs) throw cause
    }
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

/** Processes of the program whose command line has this word. */
function childrenNamed(program, word) {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
        return line.includes(`/opt/pneumoscope/${program}`) && line.includes(word)
      } catch {
        return false
      }
    })
}
