// Windows and macOS, on machines that have them; docs/packaging.md tells how. Linux goes by scripts/package.
const { join } = require('node:path')

const root = join(__dirname, '..')

module.exports = async () => {
  const { shippedModules } = await import('../scripts/program/shippedModules.mjs')
  const { wantedFuses } = await import('../scripts/package/fuses.mjs')
  const lowerFirst = (name) => name[0].toLowerCase() + name.slice(1)
  return {
    appId: 'org.pneumoscope.Pneumoscope',
    productName: 'Pneumoscope',
    copyright: 'The Pneumoscope developers, Apache-2.0',
    directories: { app: root, output: join(root, 'dist'), buildResources: __dirname },
    publish: null,
    npmRebuild: false,
    asar: true,
    // Processes load these by themselves: libraries, workers, the model.
    asarUnpack: ['package.json', 'resources/**', 'node_modules/**', 'out/main/**'],
    files: ['out/**', 'resources/**', 'package.json', '!node_modules', ...shippedModules().files],
    electronFuses: Object.fromEntries(
      Object.entries(wantedFuses).map(([name, isOn]) => [lowerFirst(name), isOn]),
    ),
    fileAssociations: [],
    win: { target: [{ target: 'nsis', arch: ['x64'] }], icon: join(__dirname, 'icons/256.png') },
    nsis: {
      oneClick: false,
      perMachine: false,
      allowToChangeInstallationDirectory: true,
      // Asks whether .dcm files are to be opened with the program; «no» is the default.
      include: join(__dirname, 'windows/associate.nsh'),
      deleteAppDataOnUninstall: false,
    },
    mac: {
      target: [{ target: 'dmg', arch: ['x64', 'arm64'] }],
      icon: join(__dirname, 'icons/512.png'),
      category: 'public.app-category.medical',
      hardenedRuntime: true,
      gatekeeperAssess: false,
      entitlements: join(__dirname, 'macos/entitlements.plist'),
      entitlementsInherit: join(__dirname, 'macos/entitlements.plist'),
      // A candidate for .dcm, never the one that takes them without being asked.
      extendInfo: {
        CFBundleDocumentTypes: [
          {
            CFBundleTypeName: 'DICOM file',
            CFBundleTypeRole: 'Viewer',
            CFBundleTypeExtensions: ['dcm'],
            LSHandlerRank: 'Alternate',
          },
        ],
      },
    },
  }
}
