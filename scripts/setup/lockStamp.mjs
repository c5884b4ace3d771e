/**
 * Whether what npm says it installed (its hidden lock file, written when an installation is complete) is what
 * the lock file asks for. Optional packages may be missing: most are for other platforms.
 */
export function isInstalled(lock, hiddenLock) {
  const wanted = Object.entries(lock.packages).filter(([path]) => path !== '')
  const wantedPaths = new Set(wanted.map(([path]) => path))
  const isExtra = (path) => !wantedPaths.has(path)
  if (Object.keys(hiddenLock.packages).some(isExtra)) return false
  return wanted.every(([path, entry]) => {
    const installed = hiddenLock.packages[path]
    if (installed === undefined) return entry.optional === true
    return installed.version === entry.version && installed.integrity === entry.integrity
  })
}
