import { resolve } from 'node:path'
import { z } from 'zod'
import type { DeidentifiedFilm } from '../../shared/domain/deidentification.ts'
import { DONE, SOME_FAILED } from '../exitStatus.ts'
import { isForeign, reportRefusals } from '../failures.ts'
import { read } from '../parse.ts'
import { existingPath } from '../paths.ts'
import { shownBelow } from '../shownPath.ts'
import { grouped } from '../table.ts'
import { UsageError } from '../usageError.ts'
import type { Verb } from '../verb.ts'

const Options = z.object({
  out: z.string().min(1),
  dates: z.enum(['remove', 'shift'], 'takes remove or shift').default('remove'),
  'keep-characteristics': z.boolean().default(false),
})

export const deidentify: Verb = {
  name: 'deidentify',
  usage: 'PATH… --out DIR [--dates remove|shift] [--keep-characteristics] [--json]',
  summary: 'Copies of DICOM films without their patients (PS3.15 Basic Profile)',
  options: {
    out: { type: 'string', value: 'DIR', help: 'a new or empty folder' },
    dates: {
      type: 'string',
      value: 'HOW',
      help: 'remove (usual), or shift all dates of a patient by the same number of days',
    },
    'keep-characteristics': { type: 'boolean', help: 'sex, age, size and weight stay' },
  },
  async run(args, { output, engine, signal }) {
    const { out, dates, 'keep-characteristics': keepCharacteristics } = read(Options, args)
    if (args.positionals.length === 0) throw new UsageError('Which files or folders?')
    const given = await Promise.all(args.positionals.map(existingPath))
    const shown = shownBelow(args.positionals)
    const survey = await engine.surveyFolder({ paths: given }, { signal })
    const unread = survey.refused.filter((refusal) => !isForeign(refusal))
    reportRefusals(output, unread, shown)
    const tell = (film: DeidentifiedFilm) => {
      if (film.kind === 'refused') {
        reportRefusals(output, [film.refusal], shown)
        return
      }
      const { path, file, patient, reasonsToLook, removed, replaced, privates, suspicious } = film
      output.record({
        ...{ file: shown(path), out: file, patient, lookFirst: reasonsToLook },
        ...{ removed, replaced, private: privates, alsoRemoved: suspicious },
      })
    }
    const paths = survey.films.map(({ path }) => path)
    const order = { paths, folder: resolve(out), dates, keepCharacteristics }
    const { written, toLookAt, refused } = await engine.deidentify(order, {
      signal,
      onProgress: ({ done, total, films }) => {
        films.forEach(tell)
        output.progress(done / total, `${done} of ${total} films`)
      },
    })
    output.record({ out, written, lookFirst: toLookAt, refused: refused + unread.length })
    output.print(
      `${grouped(written)} films without their patients: ${out}\n` +
        (toLookAt === 0
          ? 'Their files say that nothing is burned into the pixels.'
          : `${grouped(toLookAt)} may carry letters burned into the pixels: look at those in look-at-these-first before you pass them on.`),
    )
    return refused + unread.length === 0 ? DONE : SOME_FAILED
  },
}
