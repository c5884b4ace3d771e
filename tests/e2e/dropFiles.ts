import type { Page } from '@playwright/test'

/** Drags files or folders from the desktop over the window, and drops them when `drop` says so. */
export async function dragFiles(
  window: Page,
  paths: readonly string[],
  { drop }: { readonly drop: boolean },
): Promise<void> {
  const session = await window.context().newCDPSession(window)
  // A drag of the system, as the file manager makes it: only this one brings the paths along.
  const steps = drop ? (['dragEnter', 'dragOver', 'drop'] as const) : (['dragEnter'] as const)
  for (const type of steps) {
    await session.send('Input.dispatchDragEvent', {
      type,
      x: 600,
      y: 400,
      data: { items: [], files: [...paths], dragOperationsMask: 1 },
    })
  }
  await session.detach()
}
