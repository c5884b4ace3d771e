import { expect, test } from '@playwright/test'
import { launch } from './launch.ts'

test('the time from launch to a window that can be used is written down', async ({}, info) => {
  const seconds: number[] = []
  for (let start = 0; start < 3; start++) {
    const from = Date.now()
    const program = await launch()
    try {
      // It answers a click: the dialog that lists the keys opens.
      await program.window.getByRole('button', { name: 'Keys' }).click()
      await expect(program.window.getByRole('dialog')).toBeVisible()
      seconds.push((Date.now() - from) / 1000)
    } finally {
      await program.close()
    }
  }
  const words = `launch to first answered click: ${seconds.map((one) => one.toFixed(2)).join(', ')} s`
  info.annotations.push({ type: 'measured', description: words })
  console.log(words)
})
