import { resolve } from 'node:path'
import { z } from 'zod'
import { DONE } from '../exitStatus.ts'
import { followingFilms } from '../filmCount.ts'
import { read, refuseOperands, wholeNumber } from '../parse.ts'
import { grouped } from '../table.ts'
import type { Verb } from '../verb.ts'

const Options = z.object({
  out: z.string().min(1),
  count: wholeNumber(2, 100_000).default(200),
  seed: wholeNumber(0).default(1),
  size: wholeNumber(64, 2048).default(224),
})

export const samples: Verb = {
  name: 'samples',
  usage: '--out DIR [--count N] [--seed N] [--size N] [--json]',
  summary: 'Writes synthetic films, to try the program without patients',
  options: {
    out: { type: 'string', value: 'DIR', help: 'a new folder; gets NORMAL and PNEUMONIA inside' },
    count: { type: 'string', value: 'N', help: 'number of films (200)' },
    seed: { type: 'string', value: 'N', help: 'the same seed gives the same films (1)' },
    size: { type: 'string', value: 'N', help: 'pixels a side (224)' },
  },
  async run(args, context) {
    refuseOperands(args)
    const { output, engine } = context
    const { out, count, seed, size } = read(Options, args)
    const { folder, films } = await engine.generateFilms(
      { folder: resolve(out), count, seed, size },
      followingFilms(context),
    )
    output.record({ folder, films })
    output.print(`${grouped(films)} synthetic films in ${folder}`)
    return DONE
  },
}
