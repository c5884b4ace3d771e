/** Which Debian package holds each library that Electron asks for. */
const packageOfLibrary = {
  'libX11.so.6': 'libx11-6',
  'libXcomposite.so.1': 'libxcomposite1',
  'libXdamage.so.1': 'libxdamage1',
  'libXext.so.6': 'libxext6',
  'libXfixes.so.3': 'libxfixes3',
  'libXrandr.so.2': 'libxrandr2',
  'libasound.so.2': 'libasound2',
  'libatk-1.0.so.0': 'libatk1.0-0',
  'libatk-bridge-2.0.so.0': 'libatk-bridge2.0-0',
  'libatspi.so.0': 'libatspi2.0-0',
  'libcairo.so.2': 'libcairo2',
  'libcups.so.2': 'libcups2',
  'libdbus-1.so.3': 'libdbus-1-3',
  'libdrm.so.2': 'libdrm2',
  'libexpat.so.1': 'libexpat1',
  'libgbm.so.1': 'libgbm1',
  'libgdk_pixbuf-2.0.so.0': 'libgdk-pixbuf-2.0-0',
  'libgio-2.0.so.0': 'libglib2.0-0',
  'libglib-2.0.so.0': 'libglib2.0-0',
  'libgobject-2.0.so.0': 'libglib2.0-0',
  'libgtk-3.so.0': 'libgtk-3-0',
  'libnspr4.so': 'libnspr4',
  'libnss3.so': 'libnss3',
  'libnssutil3.so': 'libnss3',
  'libpango-1.0.so.0': 'libpango-1.0-0',
  'libsmime3.so': 'libnss3',
  'libudev.so.1': 'libudev1',
  'libxcb.so.1': 'libxcb1',
  'libxkbcommon.so.0': 'libxkbcommon0',
}

/** The libraries that `ldd` could not find. */
export const missingLibraries = (lddOutput) => [
  ...new Set(
    lddOutput
      .split('\n')
      .filter((line) => line.includes('=> not found'))
      .map((line) => line.trim().split(' ')[0]),
  ),
]

/**
 * The packages that bring these libraries, as far as we know them. Since Debian 13 and Ubuntu 24.04 the names of
 * some end in `t64`; `isKnown(name)` tells whether this machine's apt has a package.
 */
export function packagesFor(libraries, isKnown) {
  const packages = libraries.map((library) => packageOfLibrary[library] ?? [])
  const distinct = [...new Set(packages.flat())].sort()
  return distinct.map((name) => (isKnown(`${name}t64`) ? `${name}t64` : name))
}
