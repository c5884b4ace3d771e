import { z } from 'zod'
import { assertNever } from '../../shared/assertNever.ts'
import type { CapsuleDifference } from '../../shared/domain/capsule.ts'
import { DONE, SOME_FAILED } from '../exitStatus.ts'
import { followingFilms } from '../filmCount.ts'
import { libraryOption } from '../library.ts'
import { oneOperand, read, share } from '../parse.ts'
import { existingPath } from '../paths.ts'
import { grouped } from '../table.ts'
import { filmsToTrainOn } from '../training/films.ts'
import type { Verb } from '../verb.ts'

const Options = z.object({
  data: z.string(),
  tolerance: share(0, 1).optional(),
  library: z.string().optional(),
})

/** Above what other processors' rounding was seen to make of a probability, far below what changes a decision. */
const usualTolerance = 1e-4

export const verify: Verb = {
  name: 'verify',
  usage: 'CAPSULE --data PATH|NAME [--tolerance T] [--json]',
  summary: 'Scores the films of a capsule again and tells every difference',
  options: {
    data: { type: 'string', value: 'PATH|NAME', help: 'the films that the capsule names' },
    tolerance: { type: 'string', value: 'T', help: 'differences up to this are rounding (0.0001)' },
    ...libraryOption,
  },
  async run(args, context) {
    const file = oneOperand(args, 'One capsule is expected, such as run.zip')
    const { data, tolerance = usualTolerance, library } = read(Options, args)
    const { output, engine } = context
    const path = await existingPath(file)
    const { films } = await filmsToTrainOn(data, library, context)
    const { differences, ...summary } = await engine.verifyCapsule(
      { file: path, paths: films.map((film) => film.path), tolerance },
      followingFilms(context),
    )
    for (const difference of differences) {
      output.record({ difference })
      output.print(inWords(difference))
    }
    output.record({ capsule: file, ...summary, differences: differences.length })
    output.print(
      `${grouped(summary.scored)} of ${grouped(summary.films)} films scored again: ${differences.length === 0 ? 'no difference' : `${grouped(differences.length)} differences`}; the largest of a probability is ${summary.largestDifference}`,
    )
    return differences.length === 0 ? DONE : SOME_FAILED
  },
}

function inWords(difference: CapsuleDifference): string {
  switch (difference.kind) {
    case 'missing':
      return `${difference.file}: not there`
    case 'changed':
      return `${difference.file}: other bytes than in the capsule`
    case 'refused':
      return difference.reason
    case 'score': {
      const { file, expected, found } = difference
      return `${file}: scores ${found.join(', ')} instead of ${expected.join(', ')}`
    }
    case 'figure': {
      const { part, figure, expected, found } = difference
      return `${part}: ${figure} is ${String(found)} instead of ${String(expected)}`
    }
    default:
      return assertNever(difference)
  }
}
