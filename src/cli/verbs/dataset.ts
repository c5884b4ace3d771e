import { z } from 'zod'
import type { ExitStatus } from '../exitStatus.ts'
import { listDatasets, showDataset } from '../dataset/show.ts'
import { splitDataset } from '../dataset/split.ts'
import { showPatients } from '../dataset/patients.ts'
import { exportTo, listVersions, showDiff } from '../dataset/versions.ts'
import { libraryOption, withLibrary } from '../library.ts'
import { read, share, wholeNumber } from '../parse.ts'
import { findDataset } from '../training/films.ts'
import { UsageError } from '../usageError.ts'
import type { Verb } from '../verb.ts'

const Options = z.object({
  rule: z.array(z.string()).default([]),
  'val-split': share(0, 0.5).optional(),
  'test-split': share(0, 0.5).optional(),
  seed: wholeNumber(0).optional(),
  folds: wholeNumber(2, 20).optional(),
  'by-image': z.boolean().default(false),
  mend: z.boolean().default(false),
  to: z.string().min(1).optional(),
  link: z.boolean().default(false),
  deidentify: z.boolean().default(false),
  apply: z.boolean().default(false),
  library: z.string().optional(),
})

const actions = ['show', 'patients', 'split', 'versions', 'diff', 'export'] as const

export const dataset: Verb = {
  name: 'dataset',
  usage:
    '[show NAME | patients NAME [--rule PATTERN …] | split NAME [--mend | --val-split F --test-split F --folds N --seed N] [--apply] | versions NAME | diff NAME A B | export NAME --to DIR [--link] [--deidentify]] [--library DIR] [--json]',
  summary: 'Data sets of the library: patients, splits that leak, versions, export',
  options: {
    rule: {
      type: 'string',
      value: 'PATTERN',
      multiple: true,
      help: 'patients: reads them from file names (path:PATTERN from folders, dicom from Patient IDs)',
    },
    'val-split': { type: 'string', value: 'F', help: 'split: share of the patients to watch (0.15)' }, // prettier-ignore
    'test-split': { type: 'string', value: 'F', help: 'split: share of the patients to test (0.15)' }, // prettier-ignore
    folds: { type: 'string', value: 'N', help: 'split: deals all but the test into folds' },
    seed: { type: 'string', value: 'N', help: 'split: the same seed deals the same parts (1)' },
    mend: { type: 'boolean', help: 'split: moves as few films as make it sound' },
    'by-image': { type: 'boolean', help: 'split: leaves patients out of account, to compare' },
    to: { type: 'string', value: 'DIR', help: 'export: a new or empty folder' },
    link: { type: 'boolean', help: 'export: hard links in the place of copies' },
    deidentify: { type: 'boolean', help: 'export: DICOM films without their patients' },
    apply: { type: 'boolean', help: 'writes it into the library; shown only when left out' },
    ...libraryOption,
  },
  async run(args, context) {
    const options = read(Options, args)
    const [action, name, ...rest] = args.positionals
    if (rest.length > 0 && action !== 'diff') {
      throw new UsageError(`What is «${rest.join(' ')}»?`)
    }
    return withLibrary(options.library, context, async (library): Promise<ExitStatus> => {
      const place = { library, output: context.output, signal: context.signal }
      if (action === undefined) return listDatasets(place)
      if (!actions.some((one) => one === action)) {
        throw new UsageError(`«${action}» is none of ${actions.join(', ')}`)
      }
      if (name === undefined) throw new UsageError(`Which data set to ${action}?`)
      const found = findDataset(library, name)
      if (action === 'show') return showDataset(place, found)
      if (action === 'versions') return listVersions(place, found)
      if (action === 'diff') return showDiff(place, found, rest)
      if (action === 'export') return exportTo(place, found, options)
      if (action === 'patients') return showPatients(place, found, options)
      return splitDataset(place, found, options)
    })
  },
}
