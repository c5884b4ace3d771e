import { join } from 'node:path'
import { billFaults } from './billFaults.mjs'
import { readFuses, wantedFuses } from './fuses.mjs'
import { windowProgram } from './stage.mjs'
import { user } from './tryDebian.mjs'

/** The last line of the answer, as JSON; undefined when there is none. */
const lastRecord = ({ stdout }) => {
  const line = stdout.trim().split('\n').at(-1)
  return line?.startsWith('{') ? JSON.parse(line) : undefined
}

/** A normal user screens a folder by the command. */
export function tryCommandLine({ as }, see) {
  const version = as(user, 'pneumoscope --version')
  see('pneumoscope is on the PATH', version.status === 0, version.output.trim())
  const doctor = lastRecord(as(user, 'pneumoscope doctor --json'))
  see(
    'TensorFlow and the kernels are in use, nothing is missing',
    doctor?.backend === 'CPU' && doctor.kernels !== null && doctor.warnings.length === 0,
    JSON.stringify(doctor),
  )
  const samples = as(user, 'pneumoscope samples --out films --count 24 --seed 1')
  see('samples are made', samples.status === 0)
  const screened = as(
    user,
    'pneumoscope screen --model bundled --input films --out scores.csv --json',
  )
  const rows = as(user, 'cat scores.csv').stdout.trim().split('\n')
  const scores = rows.slice(1).map((row) => Number(row.split(',')[1]))
  see(
    'a folder is screened with the bundled model',
    screened.status === 0 &&
      scores.length === 24 &&
      scores.every((score) => score > 0 && score < 1),
    JSON.stringify(lastRecord(screened)),
  )
  const refused = as(
    user,
    'printf x > films/no.dcm; pneumoscope screen --model bundled --input films --out other.csv --json',
  )
  see('a file that is no film is named, the others are scored', refused.status === 1)
  const trained = as(
    user,
    'rm films/no.dcm; pneumoscope train --data films --preset mnist-cnn --epochs 1 --out run --json || pneumoscope train --data films --preset pneumonia-vgg-lite --epochs 1 --batch 4 --out run --json',
  )
  see(
    'a network is trained',
    lastRecord(trained)?.model !== undefined,
    trained.status === 0 ? '' : trained.output.slice(-300),
  )
}

/** What reliability asks of the installed files. */
export async function tryHardening({ tree, as }, see) {
  const program = join(tree, 'opt', 'pneumoscope', windowProgram)
  const fuses = readFuses(program)
  const differing = Object.keys(fuses).filter((name) => fuses[name] !== wantedFuses[name])
  see('the fuses read back as they were set', differing.length === 0, JSON.stringify(fuses))
  const faults = await billFaults(join(tree, 'opt', 'pneumoscope'))
  see('the bill of materials names what is installed, no more and no less', faults.length === 0, faults.join('; ')) // prettier-ignore
  const stat = as('root', 'stat -c "%U %a" /opt/pneumoscope/chrome-sandbox').stdout.trim()
  see('the sandbox helper belongs to root and is setuid', stat === 'root 4755', stat)
  const writable = as(user, 'find /opt/pneumoscope -writable ! -type l | head -3').stdout.trim()
  see('a user can change nothing of the program', writable === '', writable)
  const asNode = as(
    user,
    `ELECTRON_RUN_AS_NODE=1 timeout 20 /opt/pneumoscope/${windowProgram} -e 'console.log("ran as Node")'`,
  )
  see(
    'ELECTRON_RUN_AS_NODE makes no interpreter of the window',
    !asNode.output.includes('ran as Node'),
  )
  const options = as(
    user,
    'echo "console.log(\\"injected\\")" > in.js; NODE_OPTIONS="--require $HOME/in.js" pneumoscope --version',
  )
  see(
    'NODE_OPTIONS brings no code into the command',
    options.status === 0 && !options.output.includes('injected'),
  )
  const root = as('root', 'pneumoscope window')
  see('the window does not open for root', root.status === 2)
}

/** .dcm files go to the program only after a person asked for it, and back when the person says so. */
export function tryAssociation({ as }, see) {
  const opener = () => as(user, 'xdg-mime query default application/dicom').stdout.trim()
  const without = as(user, 'pneumoscope associate')
  see(
    'without xdg-utils, associate says what is missing',
    without.status === 3 && without.output.includes('install xdg-utils'),
    without.output.trim(),
  )
  as('root', 'apt-get install --yes -qq --no-install-recommends xdg-utils desktop-file-utils shared-mime-info') // prettier-ignore
  see('installed, it opens no .dcm files', opener() === '', opener())
  as(user, 'pneumoscope associate')
  see('associate makes it open them', opener() === 'pneumoscope-dicom.desktop', opener())
  const entry = '.local/share/applications/pneumoscope-dicom.desktop'
  const valid = as(user, `desktop-file-validate ${entry} && grep ^Exec= ${entry}`)
  see('its menu entry is valid', valid.status === 0, valid.output.trim())
  as(user, 'pneumoscope associate --undo')
  see('associate --undo takes that back', opener() === '', opener())
}

/** Taken out by apt, it leaves nothing of itself, and the library where it is. */
export function tryRemoval({ as }, see) {
  const removed = as('root', 'apt-get remove --yes pneumoscope')
  const left = as(
    'root',
    'ls /opt/pneumoscope /usr/bin/pneumoscope 2>/dev/null; true',
  ).stdout.trim()
  see('apt removes all of it', removed.status === 0 && left === '', left)
  const library = as(user, 'ls .config/Pneumoscope/library.sqlite').stdout.trim()
  see('the library stays', library !== '', library)
}

/** The same program in one file: the command line out of it, by a user without rights. */
export function tryAppImage({ as }, see, path) {
  const made = as(user, `rm -rf carried; ${path} samples --out carried --count 24 --seed 1`)
  see('AppImage: samples are made', made.status === 0, made.status === 0 ? '' : made.output)
  const words = 'screen --model bundled --input carried --out carried.csv --json'
  const screened = as(user, `${path} ${words}`)
  const rows = as(user, 'cat carried.csv').stdout.trim().split('\n')
  see(
    'AppImage: a folder is screened with the bundled model',
    screened.status === 0 && rows.length === 25,
    JSON.stringify(lastRecord(screened)),
  )
}
