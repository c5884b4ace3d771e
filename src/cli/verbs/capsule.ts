import { resolve } from 'node:path'
import { z } from 'zod'
import { DONE } from '../exitStatus.ts'
import { followingFilms } from '../filmCount.ts'
import { libraryOption } from '../library.ts'
import { resolveModel } from '../modelFolder.ts'
import { read, refuseOperands } from '../parse.ts'
import { existingPath } from '../paths.ts'
import { grouped } from '../table.ts'
import { filmsToTrainOn } from '../training/films.ts'
import type { Verb } from '../verb.ts'

const Options = z.object({
  run: z.string(),
  data: z.string(),
  out: z.string().min(1),
  library: z.string().optional(),
})

export const capsule: Verb = {
  name: 'capsule',
  usage: '--run DIR --data PATH|NAME --out FILE.zip [--json]',
  summary:
    'Packs a training into one file that others can verify: no pixels, but hashes and scores',
  options: {
    run: { type: 'string', value: 'DIR', help: "a training's folder, as `train --out` makes it" },
    data: { type: 'string', value: 'PATH|NAME', help: 'the films that it was trained on' },
    out: { type: 'string', value: 'FILE.zip', help: 'the file to write' },
    ...libraryOption,
  },
  async run(args, context) {
    refuseOperands(args)
    const { run, data, out, library } = read(Options, args)
    const { output, engine } = context
    const runFolder = await existingPath(run)
    const modelFolder = await resolveModel(runFolder, library, context)
    const { films } = await filmsToTrainOn(data, library, context)
    const order = {
      runFolder,
      modelFolder,
      paths: films.map(({ path }) => path),
      file: resolve(out),
    }
    const { films: count } = await engine.exportCapsule(order, followingFilms(context))
    output.record({ capsule: out, films: count })
    output.print(`${grouped(count)} films, their scores and the model: ${out}`)
    return DONE
  },
}
