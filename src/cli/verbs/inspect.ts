import type { Inspection } from '../../shared/contracts/engine.ts'
import { DONE, SOME_FAILED } from '../exitStatus.ts'
import { reportRefusals } from '../failures.ts'
import { existingPath } from '../paths.ts'
import { shownBelow } from '../shownPath.ts'
import { table } from '../table.ts'
import { UsageError } from '../usageError.ts'
import type { Verb } from '../verb.ts'

type Image = Extract<Inspection, { kind: 'image' }>

export const inspect: Verb = {
  name: 'inspect',
  usage: 'PATH… [--json]',
  summary: 'Reads files or folders and tells what is in them',
  options: {},
  async run({ positionals }, { output, engine, signal }) {
    if (positionals.length === 0) throw new UsageError('Which files or folders?')
    const given = await Promise.all(positionals.map(existingPath))
    const { films, refused } = await engine.surveyFolder({ paths: given }, { signal })
    const rows: string[][] = []
    const shown = shownBelow(positionals)
    let failed = refused.length
    reportRefusals(output, refused, shown)
    const onProgress = (inspection: Inspection) => {
      if (inspection.kind === 'refused') {
        failed++
        reportRefusals(output, [inspection.refusal], shown)
      } else {
        const image = { ...inspection, path: shown(inspection.path) }
        output.record(record(image))
        rows.push(row(image))
      }
      output.progress(rows.length / films.length, `${rows.length} of ${films.length} files`)
    }
    const paths = films.map(({ path }) => path)
    await engine.inspectFiles({ paths }, { signal, onProgress })
    if (rows.length > 0) output.print(table(headings, rows))
    return failed === 0 ? DONE : SOME_FAILED
  },
}

const headings = ['File', 'Kind', 'Size', 'Samples', 'Bits', 'Min', 'Max', 'Mean', 'Photometric']

const row = (image: Image): string[] => [
  image.path,
  image.format,
  `${image.columns} × ${image.rows}`,
  String(image.samplesPerPixel),
  String(image.bitsStored),
  String(image.storedMin),
  String(image.storedMax),
  image.storedMean.toFixed(2),
  image.photometric,
]

/** Pictures that are no DICOM have neither transfer syntax nor modality. */
const record = (image: Image) => ({
  file: image.path,
  kind: image.format,
  rows: image.rows,
  columns: image.columns,
  frames: image.frames,
  samplesPerPixel: image.samplesPerPixel,
  bitsStored: image.bitsStored,
  photometric: image.photometric,
  storedMin: image.storedMin,
  storedMax: image.storedMax,
  storedMean: image.storedMean,
  transferSyntax: null,
  modality: null,
})
