import { readFileSync } from 'node:fs'
import { display, limitMs, openInstalled } from './installedWindow.mjs'
import { place, startTraining, tryMainJob } from './tryMainJob.mjs'
import { user } from './tryDebian.mjs'

const starts = 7
const restartLimitMs = 10_000
const scored = /^[\d.]+ %$/

/**
 * The window that `command` opens, on a display in memory: a film that it is started with is scored by the bundled
 * model, each page is in the sandbox, the main job is done by mouse and keys, and it starts again after kill -9.
 */
export async function tryWindow(debian, see, { command, name, picture }) {
  const screen = debian.start(user, `exec Xvfb ${display} -screen 0 1440x900x24 -nolisten tcp`)
  const attempt = async (what, act) => {
    try {
      await act()
    } catch (cause) {
      const log = debian.as(user, 'tail -20 window.log').output
      see(`${name}: ${what}`, false, `${cause.message}\n${log}`)
    }
  }
  try {
    await attempt('a film is opened and scored', () => tryFilm(debian, see, { command, name, picture })) // prettier-ignore
    await attempt('the main job', () => tryJob(debian, see, { command, name, picture }))
    await attempt('start times', () => tryStarts(debian, see, { command, name }))
    await attempt('killed while it trains', () => tryKill(debian, see, { command, name }))
  } finally {
    process.kill(screen.pid, 'SIGTERM')
  }
}

async function tryFilm(debian, see, { command, name, picture }) {
  const found = debian.as(user, 'find $HOME/films -name "*.png" -o -name "*.jp*g" | sort')
  const [film] = found.stdout.trim().split('\n')
  const window = await openInstalled(debian, `${command} "${film}"`)
  try {
    see(`${name}: the window opens for a normal user`, true, seconds(window.shownMs))
    const score = window.page.getByTestId('score').filter({ hasText: scored })
    await score.waitFor({ timeout: limitMs })
    await window.page.locator('[data-ms-to-film]').waitFor({ timeout: limitMs })
    await window.page.screenshot({ path: picture('film') })
    see(`${name}: the film that it was started with is scored`, true, await score.innerText())
    const lines = window.pids().map(commandLine)
    const pages = lines.filter(({ line }) => line.includes('--type=renderer'))
    const shut = pages.filter(({ pid }) =>
      /^Seccomp:\s+2$/m.test(readFileSync(`/proc/${pid}/status`, 'utf8')),
    )
    const none = lines.filter(({ line }) => line.includes('--no-sandbox'))
    see(
      `${name}: each page is in the sandbox, no process without one`,
      pages.length > 0 && shut.length === pages.length && none.length === 0,
      `${shut.length} of ${pages.length} pages under a system call filter`,
    )
  } finally {
    await window.end('SIGTERM')
  }
}

async function tryJob(debian, see, { command, name, picture }) {
  const window = await openInstalled(debian, `${command} --library "$HOME/job-${name}"`)
  try {
    const folder = debian.as(user, 'echo $HOME/films').stdout.trim()
    await tryMainJob(window.page, { folder, picture }, (what, holds, detail) =>
      see(`${name}: ${what}`, holds, detail),
    )
  } finally {
    await window.end('SIGTERM')
  }
}

async function tryStarts(debian, see, { command, name }) {
  const times = []
  for (let start = 0; start < starts; start++) {
    const window = await openInstalled(debian, `${command} --library "$HOME/job-${name}"`)
    times.push(window.shownMs)
    await window.end('SIGTERM')
  }
  times.sort((a, b) => a - b)
  const middle = times[(starts - 1) / 2]
  const spread = `${seconds(times[0])} to ${seconds(times.at(-1))}`
  see(`${name}: ${starts} starts`, true, `median ${seconds(middle)}, ${spread}`)
}

/** Killed while it trains, all of it at once; it starts by itself, and the training goes on where it was. */
async function tryKill(debian, see, { command, name }) {
  const library = `${command} --library "$HOME/job-${name}"`
  const first = await openInstalled(debian, library)
  await startTraining(first.page, 200)
  await first.page.getByRole('rowheader', { name: /^1\b/ }).waitFor({ timeout: limitMs })
  await first.end('SIGKILL')
  const again = await openInstalled(debian, library)
  try {
    see(`${name}: after kill -9 it opens within ten seconds`, again.shownMs <= restartLimitMs, seconds(again.shownMs)) // prettier-ignore
    await place(again.page, 'Experiments').click()
    await again.page.getByRole('button', { name: 'Resume' }).first().waitFor({ timeout: limitMs })
    see(`${name}: the killed training can be gone on with`, true)
  } finally {
    await again.end('SIGTERM')
  }
}

const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`

function commandLine(pid) {
  try {
    return { pid, line: readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ') }
  } catch {
    return { pid, line: '' }
  }
}
