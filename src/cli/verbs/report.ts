import { resolve } from 'node:path'
import { z } from 'zod'
import type { ScreenedFilm } from '../../shared/contracts/engineAreas/scoring.ts'
import type { ExportedScore, ScoreObjectKind } from '../../shared/domain/scoreExport.ts'
import { DONE, SOME_FAILED } from '../exitStatus.ts'
import { isForeign, reportRefusals } from '../failures.ts'
import { libraryOption } from '../library.ts'
import { resolveModel } from '../modelFolder.ts'
import { read } from '../parse.ts'
import { existingPath } from '../paths.ts'
import { shownBelow } from '../shownPath.ts'
import { grouped } from '../table.ts'
import { noteInTrail } from '../trail.ts'
import { notice } from '../usage.ts'
import type { Verb } from '../verb.ts'

const Options = z.object({
  model: z.string(),
  input: z.array(z.string()).min(1),
  out: z.string().min(1),
  as: z.enum(['sr', 'sc', 'both'], 'takes sr, sc or both').default('both'),
  library: z.string().optional(),
})

const kindsNamed: Readonly<Record<'sr' | 'sc' | 'both', ScoreObjectKind[]>> = {
  ...{ sr: ['sr'], sc: ['sc'], both: ['sr', 'sc'] },
}

export const report: Verb = {
  name: 'report',
  usage: '--model M --input PATH… --out DIR [--as sr|sc|both] [--library DIR] [--json]',
  summary: 'Scores of DICOM films as structured reports and Secondary Captures',
  options: {
    model: { type: 'string', value: 'M', help: "a package's folder, or a model of the library" },
    input: { type: 'string', value: 'PATH…', multiple: true, help: 'DICOM files or folders' },
    out: { type: 'string', value: 'DIR', help: 'a new or empty folder' },
    as: {
      type: 'string',
      value: 'KIND',
      help: 'sr: a structured report (TID 1500); sc: the film with its score; both (usual)',
    },
    ...libraryOption,
  },
  async run(args, context) {
    const { output, engine, signal } = context
    const { model, input, out, as, library } = read(Options, args)
    const typed = [...input, ...args.positionals]
    const shown = shownBelow(typed)
    const given = await Promise.all(typed.map(existingPath))
    const modelFolder = await resolveModel(model, library, context)
    const survey = await engine.surveyFolder({ paths: given }, { signal })
    let failed = 0
    const refuse = (refusals: Parameters<typeof reportRefusals>[1]) => {
      failed += refusals.length
      reportRefusals(output, refusals, shown)
    }
    refuse(survey.refused.filter((refusal) => !isForeign(refusal)))
    const scored: Extract<ScreenedFilm, { kind: 'scored' }>[] = []
    const keep = (film: ScreenedFilm) =>
      film.kind === 'scored' ? void scored.push(film) : refuse([film.refusal])
    const paths = survey.films.map(({ path }) => path)
    await engine.screen(
      { modelFolder, paths },
      { signal, onProgress: ({ films }) => films.forEach(keep) },
    )
    const tell = (film: ExportedScore) => {
      if (film.kind === 'refused') refuse([film.refusal])
      else output.record({ file: shown(film.path), objects: film.files })
    }
    const films = scored.map(({ path, probabilities, outside }) => ({
      ...{ path, probabilities, outside, turned: false },
    }))
    const { written } = await engine.exportScores(
      { modelFolder, films, folder: resolve(out), kinds: kindsNamed[as] },
      {
        signal,
        onProgress: ({ done, total, films: told }) => {
          told.forEach(tell)
          output.progress(done / total, `${done} of ${total} films`)
        },
      },
    )
    const done = { as: `dicom-scores.${as}`, written }
    await noteInTrail({ model, library, event: 'export', detail: done }, context)
    output.record({ out, written, refused: failed })
    output.print(`Scores of ${grouped(written)} films: ${out}\n${notice}`)
    return failed === 0 ? DONE : SOME_FAILED
  },
}
