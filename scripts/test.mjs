// npm test [-- --quick]: every check and every test, the end-to-end ones too unless it has to be quick.
import { buildWhenStale, isFresh } from './run/build.mjs'
import { runTool } from './run/children.mjs'
import { countOfCheck, describeCount, sumOf } from './run/counts.mjs'
import { runPlaywright, runVitest } from './run/testRunners.mjs'
import { runEntry } from './setup/messages.mjs'
import { setUp } from './setup/setUp.mjs'

const isQuick = process.argv.includes('--quick')

const check = (tool, ...args) => ({
  title: tool.split('/').at(-1),
  run: async () => countOfCheck(await runTool(tool, args)),
})

/** Side by side: eslint, which keeps one thread busy for about as long as all other checks and half of the tests. */
const lanes = [
  [check('eslint', '.', '--max-warnings', '0')],
  [
    check('prettier', '--check', '.'),
    // The window's files, those without components too, are svelte-check's.
    check('typescript/tsc', '-b', 'tsconfig.node.json', 'tsconfig.tests.json'),
    check('svelte-check', '--tsconfig', 'tsconfig.renderer.json', '--fail-on-warnings'),
    check('knip'),
    { title: 'vitest', run: runVitest },
  ],
]
const window = [
  { title: 'build', run: build },
  ...(isQuick ? [] : [{ title: 'end to end', run: testTheBuild }]),
]

async function build() {
  await buildWhenStale('window')
  return countOfCheck(0)
}

/** Never on an older build, should the sources not build. */
async function testTheBuild() {
  if (!isFresh('window')) throw new Error('Not run: there is no build of these sources')
  return runPlaywright()
}

async function performAll(steps) {
  const results = []
  for (const step of steps) results.push(await perform(step))
  return results
}

/** A step that cannot even run has failed; the others go on. */
async function perform({ title, run }) {
  console.log(`\n── ${title} ──`)
  const startedAt = performance.now()
  const count = await run().catch((error) => {
    console.error(error.message)
    return countOfCheck(1)
  })
  return { title, count, seconds: (performance.now() - startedAt) / 1000 }
}

await runEntry(async () => {
  await setUp({ window: !isQuick })
  const sideBySide = await Promise.all(lanes.map(performAll))
  const results = [...sideBySide.flat(), ...(await performAll(window))]
  console.log('\n── summary ──')
  for (const { title, count, seconds } of results) {
    const mark = count.failed === 0 ? '✓' : '✗'
    console.log(
      `${mark} ${title.padEnd(14)} ${seconds.toFixed(1).padStart(6)} s  ${describeCount(count)}`,
    )
  }
  const total = sumOf(results.map(({ count }) => count))
  console.log(`\n${describeCount(total)}`)
  return total.failed === 0 ? 0 : 1
})
