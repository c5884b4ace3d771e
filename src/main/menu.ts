import { Menu, type MenuItemConstructorOptions } from 'electron'
import { devServer } from './ownPage.ts'

/** No menu of Electron's own, which would reload the page and open its tools. macOS keeps its clipboard there. */
export function setMenu(): void {
  if (process.platform !== 'darwin') {
    if (devServer === undefined) Menu.setApplicationMenu(null)
    return
  }
  const roles: MenuItemConstructorOptions[] = [
    { role: 'appMenu' },
    { role: 'editMenu' },
    { role: 'windowMenu' },
  ]
  Menu.setApplicationMenu(Menu.buildFromTemplate(roles))
}
