/** Memory of page and main process, after their garbage was collected. */

/** MB: working sets of both processes, and what the page's scripts hold. */
export async function memoryOf(app, page) {
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.enable')
  await session.send('HeapProfiler.collectGarbage')
  await session.send('Performance.enable')
  const { metrics: counts } = await session.send('Performance.getMetrics')
  await session.detach()
  const processes = await app.evaluate(({ app: program }) => program.getAppMetrics())
  const of = (type) =>
    processes
      .filter((one) => one.type === type)
      .reduce((sum, { memory }) => sum + memory.workingSetSize, 0)
  const heap = counts.find(({ name }) => name === 'JSHeapUsedSize').value
  return {
    page: Math.round(of('Tab') / 1024),
    main: Math.round(of('Browser') / 1024),
    heap: Math.round(heap / 2 ** 20),
  }
}
