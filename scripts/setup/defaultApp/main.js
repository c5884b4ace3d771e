'use strict'

// Stands in for the default app that official Electron downloads carry: `electron [-r module] <app> [arguments]`.
const { app } = require('electron')
const { existsSync, readFileSync, statSync } = require('node:fs')
const Module = require('node:module')
const { dirname, join, resolve } = require('node:path')

const { modules, appArgument, appIndex } = parse(process.argv.slice(1))
if (process.argv.includes('--version')) {
  console.log(`v${process.versions.electron}`)
  process.exit(0)
}
if (appArgument === undefined) {
  console.error('Usage: electron [-r module] <app> [arguments]')
  process.exit(2)
}
process.defaultApp = true
// An app finds itself at argv[1], as it does under the official default app.
process.argv.splice(1, appIndex)
if (modules.length > 0) Module._preloadModules(modules)
Module._load(describeApp(resolve(appArgument)), Module, true)

function parse(args) {
  const modules = []
  for (let index = 0; index < args.length; index++) {
    const argument = args[index]
    if (argument === '-r' || argument === '--require') modules.push(args[++index])
    else if (!argument.startsWith('-')) return { modules, appArgument: argument, appIndex: index }
  }
  return { modules }
}

/** Tells Electron whose app this is; returns the path of its main script. */
function describeApp(path) {
  const manifestPath = join(path, 'package.json')
  if (!existsSync(manifestPath)) {
    app.setAppPath(statSync(path).isDirectory() ? path : dirname(path))
    return path
  }
  const manifest = JSON.parse(readFileSync(manifestPath, 'utf8'))
  app.setName(manifest.productName ?? manifest.name ?? 'Electron')
  app.setVersion(manifest.version ?? '0.0.0')
  if (manifest.desktopName) app.setDesktopName(manifest.desktopName)
  app.setPath('userData', join(app.getPath('appData'), app.getName()))
  app.setPath('logs', join(app.getPath('userData'), 'logs'))
  app.setAppPath(path)
  return join(path, manifest.main ?? 'index.js')
}
