/**
 * Every guard, how it is switched off, and the test that must fail then. A change is `[file, what stands there, what stands
 * there instead]`; what stands there must be there once. `title` picks tests of the file, as vitest and Playwright do.
 */
const engine = 'src/engine'
const integration = 'tests/integration'
const security = 'tests/e2e/security.spec.ts'
const bombs = `${integration}/bombs.test.ts`
const names = `${integration}/hostileNames.test.ts`
const hostile = `${engine}/models/hostile.test.ts`

const noIsolationCheck = ['src/main/security.ts', '  requireIsolation(contents)\n', '']
const page = (what, instead) => ['src/main/window.ts', what, instead]
const policy = (what, instead) => ['src/main/contentSecurityPolicy.ts', what, instead]

export const guards = [
  // The window (E1 to E8)
  { id: 'E1 sandbox', guard: 'A page is sandboxed', changes: [page('sandbox: true', 'sandbox: false'), noIsolationCheck, ['src/main/security.ts', "if (!isRoot || !app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()", 'void isRoot']], test: security, title: 'E1' }, // prettier-ignore
  { id: 'E1 isolation', guard: 'A page’s world is apart from the preload script’s', changes: [page('contextIsolation: true', 'contextIsolation: false'), noIsolationCheck], test: security, title: 'E1' }, // prettier-ignore
  { id: 'E1 webview', guard: 'A page holds no other page', changes: [page('webviewTag: false', 'webviewTag: true'), noIsolationCheck], test: security, title: 'E1' }, // prettier-ignore
  { id: 'E1 web security', guard: 'The same-origin rule holds', changes: [page('webSecurity: true', 'webSecurity: false'), noIsolationCheck], test: security, title: 'E1' }, // prettier-ignore
  { id: 'E1 check', guard: 'A window without isolation ends the program', changes: [noIsolationCheck], test: security, title: 'E1: a window without' }, // prettier-ignore
  { id: 'E2 inline', guard: 'No inline script', changes: [policy(`"script-src 'self'"`, `"script-src 'self' 'unsafe-inline'"`)], test: security, title: 'E2' }, // prettier-ignore
  { id: 'E2 eval', guard: 'No eval', changes: [policy(`"script-src 'self'"`, `"script-src 'self' 'unsafe-eval'"`)], test: security, title: 'E2' }, // prettier-ignore
  { id: 'E2 header', guard: 'The policy is sent with each file', changes: [['src/main/appProtocol.ts', "  'Content-Security-Policy': contentSecurityPolicy,\n", '']], test: security, title: 'E2' }, // prettier-ignore
  { id: 'E3 navigation', guard: 'The page leads nowhere', changes: [['src/main/security.ts', "  contents.on('will-navigate', stay)\n", ''], ['src/main/security.ts', "  contents.on('will-frame-navigate', (event) => stay(event, event.isMainFrame ? event.url : ''))\n", '']], test: security, title: 'E3' }, // prettier-ignore
  { id: 'E3 windows', guard: 'The page opens no window', changes: [['src/main/security.ts', "return { action: 'deny' }", "return { action: 'allow' }"]], test: security, title: 'E3' }, // prettier-ignore
  { id: 'E3 downloads', guard: 'The page saves nothing but what it made', changes: [['src/main/security.ts', "if (!item.getURL().startsWith('blob:')) event.preventDefault()", 'void [event, item]']], test: security, title: 'E3: nothing is downloaded' }, // prettier-ignore
  { id: 'E4 asked', guard: 'No permission is given', changes: [['src/main/security.ts', 'decide(allowed)', 'decide(true)']], test: security, title: 'E4' }, // prettier-ignore
  { id: 'E4 looked up', guard: 'No permission is shown as given', changes: [['src/main/security.ts', "    isAllowed(permission, contents?.getURL() ?? ''),", "    isAllowed(permission, contents?.getURL() ?? '') || true,"]], test: security, title: 'E4' }, // prettier-ignore
  { id: 'E5 sender', guard: 'Main answers its own page alone', changes: [['src/main/ipc.ts', 'frame?.parent !== null || !isOwnPage(frame.url)', 'frame === null']], test: security, title: 'E5: main listens' }, // prettier-ignore
  { id: 'E5 ports', guard: 'A message over a port has a size', changes: [['src/main/appServer.ts', '    guard: requireSmall,\n', '']], test: security, title: 'E5: oversized' }, // prettier-ignore
  { id: 'E5 size', guard: 'A message is at most 1 MiB', changes: [['src/main/messageSize.ts', 'if (bytes > limit) {', 'if (bytes > Infinity) {']], test: 'src/main/messageSize.test.ts' }, // prettier-ignore
  { id: 'E5 schema', guard: 'Every input is parsed before a handler sees it', changes: [['src/shared/rpc/serve.ts', 'if (!parsed.success) {', 'if (parsed.success === undefined) {'], ['src/shared/rpc/serve.ts', 'await handler(parsed.data as never, job)', 'await handler(input as never, job)']], test: 'src/shared/rpc/rpc.test.ts' }, // prettier-ignore
  { id: 'E5 names', guard: 'A name of Object’s is no procedure', changes: [['src/shared/rpc/serve.ts', 'Object.hasOwn(contract, name) ? contract[name] : undefined', 'contract[name]']], test: 'src/shared/rpc/rpc.test.ts' }, // prettier-ignore
  { id: 'E5 channels', guard: 'One file listens to the page', changes: [['src/main/log.ts', '/** What the program', '/** ipcMain. What the program']], test: 'src/main/ipc.test.ts' }, // prettier-ignore
  { id: 'E6 fuses', guard: 'Fuses are set in the program’s file and read back', changes: [['scripts/package/fuses.mjs', "bytes[start + names.indexOf(name)] = (wanted[name] ? '1' : '0').charCodeAt(0)", 'void [bytes, start]']], test: 'scripts/package/fuses.test.mjs' }, // prettier-ignore
  { id: 'E7 requests', guard: 'A request to anybody is stopped', changes: [['src/main/security.ts', 'decide({ cancel })', 'decide({ cancel: false })']], test: security, title: 'E7' }, // prettier-ignore
  { id: 'E7 names', guard: 'No name is looked up', changes: [['src/main/security.ts', "'MAP * ~NOTFOUND'", "'MAP x.invalid ~NOTFOUND'"]], test: security, title: 'E7' }, // prettier-ignore
  { id: 'E8 files', guard: '`app://` leads to the files of the page alone', changes: [['src/main/pageFile.ts', 'file.startsWith(root + sep) ? file : undefined', 'file']], test: 'src/main/pageFile.test.ts' }, // prettier-ignore
  { id: 'E8 films', guard: '`image://` takes exact addresses alone', changes: [['src/main/imageScheme.ts', '/^image:\\/\\/image\\/([0-9a-f]{26})\\/thumbnail$/', '/^image:\\/\\/image\\/(.+)\\/thumbnail$/']], test: 'src/main/imageScheme.test.ts' }, // prettier-ignore
  { id: 'E8 words', guard: 'Words for the window name no folder', changes: [['src/main/withoutFolders.ts', "    /(?<=^|[\\s'\"(«])(?:[A-Za-z]:|\\\\)?[\\\\/](?=[^\\s\\\\/])(?:[^\\\\/\\n'\":»]+[\\\\/])*/g,\n    '',", "    /$^/g,\n    '',"]], test: 'src/main/withoutFolders.test.ts' }, // prettier-ignore
  { id: 'E8 answers', guard: 'Errors reach the window without folders', changes: [['src/main/appServer.ts', 'throw new AppError(code, withoutFolders(message), { cause })', 'throw new AppError(code, message, { cause })']], test: security, title: 'E8: a dropped file' }, // prettier-ignore
  { id: 'P1 log', guard: 'The log is told no names', changes: [['src/main/log.ts', 'const text = withoutPaths(words)', 'const text = words'], ['src/main/log.ts', 'line(\'main\', `${what}: ${code}${frames}`)', 'line(\'main\', `${what}: ${code}${frames} ${toAppError(cause).message}`)']], test: security, title: 'E8: a dropped file' }, // prettier-ignore
  { id: 'one start', guard: 'One program a library', changes: [['src/main/index.ts', 'if (app.requestSingleInstanceLock()) run(folder)', 'if (app.requestSingleInstanceLock() || folder) run(folder)']], test: security, title: 'a second start' }, // prettier-ignore
  { id: 'help', guard: 'HTML in the help fails the build', changes: [['help/readPage.ts', "begin?.type === 'html' && begin.value === '<kbd>' && end?.type === 'html' && end.value === '</kbd>'", "begin?.type === 'html' && end?.type === 'html'"]], test: 'help/readPage.test.ts' }, // prettier-ignore

  // Names and places
  { id: 'links', guard: 'A link that leaves the folder is refused', changes: [[`${engine}/data/walk.ts`, 'else if (!isInside(target)) {', 'else if (!isInside(target) && target === "") {']], test: names, title: 'links that lead out' }, // prettier-ignore
  { id: 'DICOMDIR', guard: 'A DICOMDIR names plain files below it', changes: [[`${engine}/data/dicomFiles.ts`, '!parts.every(isPlain)', 'parts.length === 0']], test: names, title: 'DICOMDIR' }, // prettier-ignore
  { id: 'tables', guard: 'A table names films of its folder', changes: [[`${engine}/data/labels/findFilm.ts`, 'if (isAbsolute && !path.startsWith(`${base}/`)) return undefined', 'void base']], test: `${engine}/data/labels/labelFilms.test.ts` }, // prettier-ignore
  { id: 'zip ..', guard: 'A zip entry does not leave its folder', changes: [[`${engine}/archive/judgeEntries.ts`, "if (segments.includes('..')) return", "if (segments.includes('/')) return"], [`${engine}/archive/judgeEntries.ts`, 'segments.some((part) => /[. ]$/.test(part) || reserved.test(part))', 'segments.some((part) => reserved.test(part))']], test: `${integration}/importZip.test.ts`, title: 'names that lead elsewhere' }, // prettier-ignore
  { id: 'zip absolute', guard: 'A zip entry has no absolute path', changes: [[`${engine}/archive/judgeEntries.ts`, 'if (/^[\\\\/]|^[a-z]:/i.test(name)) return', 'if (/^$^/i.test(name)) return']], test: `${integration}/importZip.test.ts`, title: 'names that lead elsewhere' }, // prettier-ignore
  { id: 'zip links', guard: 'A link in a zip is refused', changes: [[`${engine}/archive/judgeEntries.ts`, 'if (type === 0o120000) return', 'if (type === 1) return'], [`${engine}/archive/judgeEntries.ts`, 'if (type !== 0 && type !== 0o100000) {', 'if (type === 1) {']], test: `${integration}/importZip.test.ts`, title: 'names that lead elsewhere' }, // prettier-ignore
  { id: 'model zip', guard: 'The zip of a model holds a model’s files alone', changes: [[`${engine}/exchange/packageZip.ts`, 'if (packageFiles.includes(name)) return true', 'if (name) return true']], test: names, title: 'a zip of a model' }, // prettier-ignore
  { id: 'model folder', guard: 'The folder of a model is closed', changes: [[`${engine}/models/packageFolder.ts`, 'if (foreign !== undefined) {', 'if (foreign === null) {']], test: hostile }, // prettier-ignore
  { id: 'model links', guard: 'A file of a model is no link', changes: [[`${engine}/models/packageFolder.ts`, "if (!facts.isFile()) throw bad(file, 'it is not a regular file')", '']], test: hostile }, // prettier-ignore
  { id: 'model names', guard: 'A manifest names known files alone', changes: [[`${engine}/models/manifest.ts`, 'if (foreign !== undefined) throw', 'if (foreign === null) throw']], test: hostile }, // prettier-ignore
  { id: 'run ids', guard: 'An id that nobody gave leads to no folder', changes: [['src/workflows/runFiles.ts', 'const runs = runIds.map((runId) => store.runs.get(runId))', 'const runs = runIds.map((id) => ({ id }))']], test: 'src/workflows/runFiles.test.ts' }, // prettier-ignore

  // Bombs
  { id: 'pixels', guard: 'A picture has at most 100 megapixels', changes: [[`${engine}/images/header.ts`, 'if (rows * columns > MAX_PIXELS || decodedBytes > MAX_DECODED_BYTES) {', 'if (rows * columns < 0 || decodedBytes < 0) {']], test: bombs, title: 'a GIF' }, // prettier-ignore
  { id: 'PNG', guard: 'PNG pixels unpack to what the head announces', changes: [[`${engine}/images/png16.ts`, '{ maxOutputLength: expected + 1 }', '{}']], test: bombs, title: 'a PNG of 16 bits' }, // prettier-ignore
  { id: 'deflated DICOM', guard: 'A deflated data set is bounded', changes: [[`${engine}/images/dicom/openDicom.ts`, 'inflate(deflated, { maxOutputLength: most })', 'inflate(deflated)']], test: bombs, title: 'a deflated DICOM file' }, // prettier-ignore
  { id: 'deflated frame', guard: 'A deflated frame is bounded', changes: [[`${engine}/images/dicom/frames.ts`, 'inflateRawSync(data, { maxOutputLength: expected + 1 })', 'inflateRawSync(data)']], test: bombs, title: 'a deflated DICOM frame' }, // prettier-ignore
  { id: 'codestream', guard: 'A codestream is as large as its film', changes: [[`${engine}/images/dicom/codecs/codec.ts`, '    found.rows === rows &&\n', '    true ||\n    found.rows === rows &&\n']], test: bombs, title: 'a DICOM frame whose JPEG' }, // prettier-ignore
  { id: 'zip ratio', guard: 'A zip entry grows 200-fold at most', changes: [[`${engine}/archive/bomb.ts`, 'bytes > SMALL_BYTES && bytes > MAX_RATIO * compressedBytes', 'bytes < 0 && compressedBytes < 0']], test: bombs, title: 'that grows a thousandfold' }, // prettier-ignore
  { id: 'zip overlap', guard: 'Zip entries share no bytes', changes: [[`${engine}/archive/bomb.ts`, 'if (offset < end) {', 'if (offset < 0) {']], test: bombs, title: 'share their bytes' }, // prettier-ignore
  { id: 'zip length', guard: 'A zip entry unpacks to what it announces', changes: [[`${engine}/archive/unpackEntry.ts`, "if (bytes > entry.bytes) throw damaged('it unpacks to more than it announces')", '']], test: bombs, title: 'grows beyond what it announces' }, // prettier-ignore
  { id: 'idx ratio', guard: 'A compressed idx file grows 200-fold at most', changes: [[`${engine}/images/idxFile.ts`, 'if (wanted > Math.max(ALWAYS_ALLOWED, MAX_RATIO * stored.length)) {', 'if (wanted < 0) {']], test: bombs, title: 'idx file that grows a thousandfold' }, // prettier-ignore
  { id: 'idx length', guard: 'A compressed idx file unpacks to what it announces', changes: [[`${engine}/images/idxFile.ts`, '{ maxOutputLength: wanted }', '{}']], test: bombs, title: 'idx file that grows beyond' }, // prettier-ignore
  { id: 'aliases', guard: 'Aliases of a sweep multiply to a hundred', changes: [[`${engine}/sweep/readSweep.ts`, 'document.toJS({ maxAliasCount: 100 })', 'document.toJS({ maxAliasCount: -1 })']], test: `${engine}/sweep/readSweep.test.ts` }, // prettier-ignore

  // DICOM
  { id: 'nesting', guard: 'Sequences nest 64 deep at most', changes: [[`${engine}/images/dicom/walk.ts`, 'function walk(place: SetPlace, start: number): Walk {\n  const { bytes, end, encoding, depth, until, isItem } = place\n  if (depth > MAX_DEPTH) throw new TooDeep()\n', 'function walk(place: SetPlace, start: number): Walk {\n  const { bytes, end, encoding, depth, until, isItem } = place\n'], [`${engine}/images/dicom/walk.ts`, 'const { bytes, end, encoding, depth } = place\n  if (depth > MAX_DEPTH) throw new TooDeep()\n', 'const { bytes, end, encoding, depth } = place\n']], test: `${engine}/images/dicom/openDicom.test.ts` }, // prettier-ignore
  { id: 'lengths', guard: 'No length leads out of the file', changes: [[`${engine}/images/dicom/walk.ts`, 'if (valueAt + length > end) {', 'if (valueAt + length < 0) {']], test: `${engine}/images/dicom/openDicom.test.ts` }, // prettier-ignore
  { id: 'F1', guard: 'Missing pixels are never filled in', changes: [[`${engine}/images/dicom/frames.ts`, 'if (all.length < needed) {', 'if (all.length < 0) {']], test: `${engine}/images/dicom/frames.test.ts` }, // prettier-ignore
  { id: 'preamble', guard: 'A copy’s preamble is 128 zero bytes', changes: [[`${engine}/images/dicom/metaGroup.ts`, '...[Buffer.alloc(128), ', '...[Buffer.alloc(128, "MZ"), ']], test: `${engine}/images/dicom/deidentify/deidentifyFilm.test.ts` }, // prettier-ignore
  { id: 'second parser', guard: 'A copy without patient is read again by another parser', changes: [[`${engine}/images/dicom/confirmCopy.ts`, 'if (differs !== undefined) throw', 'if (differs === null) throw']], test: `${engine}/images/dicom/confirmCopy.test.ts` }, // prettier-ignore

  // Models
  { id: 'seal', guard: 'The seal of a model', changes: [[`${engine}/models/seal.ts`, 'if (sealOf(JSON.parse(text)) === seal) return', 'if (text) return']], test: hostile }, // prettier-ignore
  { id: 'seal missing', guard: 'A model of this version has a seal', changes: [[`${engine}/models/seal.ts`, 'if (version < SEALED) return', 'if (version) return']], test: hostile }, // prettier-ignore
  { id: 'hash', guard: 'The hash of each of a model’s files', changes: [[`${engine}/models/package.ts`, 'if (sha256([bytes]) !== listed.sha256) {', 'if (listed.sha256 === "") {']], test: hostile }, // prettier-ignore
  { id: 'sizes', guard: 'The size of each of a model’s files', changes: [[`${engine}/models/package.ts`, 'if (bytes.byteLength !== listed.bytes) {', 'if (listed.bytes < 0) {']], test: hostile }, // prettier-ignore
  { id: 'shapes', guard: 'Weights have the shapes of their network', changes: [[`${engine}/models/manifest.ts`, '  checkShapes(file, parsed.data)\n', '']], test: hostile }, // prettier-ignore
  { id: 'finite', guard: 'Every weight is a number', changes: [[`${engine}/models/weightsFile.ts`, 'if (bad >= 0) {', 'if (bad > values.length) {']], test: hostile }, // prettier-ignore
  { id: 'judgement', guard: 'A threshold belongs to its weights and films', changes: [[`${engine}/models/manifest.ts`, '  checkJudgement(file, parsed.data)\n', '']], test: `${engine}/models/hostile.test.ts` }, // prettier-ignore
  { id: 'manifest size', guard: 'A manifest is at most 16 MiB', changes: [[`${engine}/models/packageFolder.ts`, 'if (facts.size > maxBytes) throw', 'if (facts.size < 0) throw']], test: hostile }, // prettier-ignore

  // Tables that are written
  { id: 'formulas', guard: 'A cell that a spreadsheet would compute is text', changes: [['src/shared/csv.ts', 'formulaStart.test(cell) ? `\'${cell}` : cell', 'cell']], test: 'src/shared/csv.test.ts' }, // prettier-ignore
  { id: 'full width', guard: 'Full-width signs count', changes: [['src/shared/csv.ts', '＝＋－＠', '']], test: 'src/shared/csv.test.ts' }, // prettier-ignore

  // Loss
  { id: 'F4 short writes', guard: 'A short write is gone on with', changes: [['src/files/atomicWrite.ts', '    done += bytesWritten\n', '    done += bytes.byteLength\n']], test: 'src/files/atomicWrite.test.ts' }, // prettier-ignore
  { id: 'F4 full disk', guard: 'A disk that takes nothing is an error', changes: [['src/files/atomicWrite.ts', 'if (bytesWritten === 0) throw', 'if (bytesWritten < 0) throw'], ['src/files/atomicWrite.ts', '    done += bytesWritten\n', '    done += bytesWritten || 1\n']], test: 'src/files/atomicWrite.test.ts' }, // prettier-ignore
  { id: 'F4 rename', guard: 'A file gets its name when it is whole', changes: [['src/files/atomicWrite.ts', '  const temporary = join(dirname(path), temporaryName(basename(path)))\n', '  const temporary = path\n']], test: 'src/files/atomicWrite.test.ts' }, // prettier-ignore
  { id: 'F4 folders', guard: 'A folder is replaced as a whole', changes: [['src/files/commitFolder.ts', "if (!(await exists(folder)) && (await exists(replaced))) await rename(replaced, folder)", '']], test: 'src/files/atomicWrite.test.ts' }, // prettier-ignore
  { id: 'newer library', guard: 'A library of a newer version is refused', changes: [['src/store/migrate.ts', 'if (version <= known) return', 'if (version) return']], test: 'src/store/store.test.ts', title: 'newer version' }, // prettier-ignore
  { id: 'migration', guard: 'A migration is done whole or not at all', changes: [['src/store/migrate.ts', '  database.transaction(() => {', '  ;((work: () => void) => work())(() => {']], test: 'src/store/store.test.ts', title: 'a migration that fails' }, // prettier-ignore
  { id: 'dead programs', guard: 'The work of a program that died is interrupted', changes: [['src/store/session.ts', 'if (!isAlive(session)) leave', 'if (session.pid < 0) leave']], test: 'src/store/session.test.ts' }, // prettier-ignore
  { id: 'zombies', guard: 'A killed process that was not taken away is dead', changes: [['src/store/session.ts', 'return !isZombie(pid)', 'return true || isZombie(pid)']], test: 'src/store/session.test.ts' }, // prettier-ignore
  { id: 'audit changes', guard: 'The database refuses to change the audit trail', changes: [['src/store/migrations/0009-audit.ts', 'CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit', 'CREATE TRIGGER audit_is_never_changed BEFORE UPDATE OF number ON audit']], test: 'src/store/audit.test.ts' }, // prettier-ignore
  { id: 'audit chain', guard: 'An entry that was changed breaks the chain', changes: [['src/store/auditChain.ts', 'if (hash !== hashOfEntry(rest)) return', 'if (hash === "" && hashOfEntry(rest)) return']], test: 'src/store/audit.test.ts' }, // prettier-ignore
  { id: 'audit end', guard: 'A trail whose end was cut off is seen by a head that was kept', changes: [['src/store/auditChain.ts', '  if (found) return { head }\n', '  if (head) return { head }\n']], test: 'src/store/audit.test.ts' }, // prettier-ignore
  { id: 'room', guard: 'A training that has no room on the disk is refused', changes: [['src/files/freeSpace.ts', 'if (left === undefined || left >= bytes) return', 'if (left !== bytes) return']], test: 'src/files/freeSpace.test.ts' }, // prettier-ignore
  { id: 'hanging', guard: 'An engine that hangs is ended', changes: [['src/main/engineProcess.ts', "      hung = 'it neither answered nor worked any more'\n      endAtOnce(started)\n", "      hung = 'it neither answered nor worked any more'\n"]], test: security, title: 'an engine that hangs' }, // prettier-ignore
  { id: 'memory', guard: 'A network that does not fit the memory is refused', changes: [[`${engine}/graph/memoryLimit.ts`, 'if (neededBytes <= affordable) return most', 'if (neededBytes) return most']], test: `${engine}/graph/memoryLimit.test.ts` }, // prettier-ignore
]
