import { existsSync, readFileSync } from 'node:fs'
import { outputOf } from './commands.mjs'
import { oldestCudaDriver } from './pins.mjs'

const driverFile = '/proc/driver/nvidia/version'

/** Whether the kernel has an NVIDIA driver loaded; costs nothing to ask. */
export const isDriverLoaded = () => existsSync(driverFile)

/** The version of the NVIDIA driver; undefined without one. */
export function nvidiaDriver() {
  if (isDriverLoaded()) return driverVersion(readFileSync(driverFile, 'utf8'))
  const query = ['--query-gpu=driver_version', '--format=csv,noheader']
  return outputOf('nvidia-smi', query)?.split('\n')[0].trim() || undefined
}

/** Reads the version out of the driver's own description of itself. */
export const driverVersion = (description) =>
  /Kernel Module.*?\s(\d+(?:\.\d+)+)/.exec(description)?.[1] ?? 'unknown'

export const canRunCuda = (driver) => isAtLeast(driver, oldestCudaDriver)

/** Compares dotted numbers; a version that cannot be read is taken for new enough. */
export function isAtLeast(version, oldest) {
  if (!/^\d/.test(version)) return true
  const parts = version.split('.').map(Number)
  for (const [index, wanted] of oldest.split('.').map(Number).entries()) {
    const part = parts[index] ?? 0
    if (part !== wanted) return part > wanted
  }
  return true
}
