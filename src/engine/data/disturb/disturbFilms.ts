/** Changes that copying, printing and labelling make to films, drawn at random and made on bytes, before a film is moved. */
import type { Augmentation } from '../../../shared/domain/training.ts'
import type { FilmBatch } from '../../graph/network.ts'
import type { Size } from '../../images/resize.ts'
import { below, randomStream, uniform, type Random } from '../random.ts'
import { curved } from './curve.ts'
import { equaliseLocally, equaliseWhole } from './equalise.ts'
import { marked, patched } from './markings.ts'
import { interleave, planesOf, type Plane } from './plane.ts'
import { blurred, coarsened, savedAgain, sharpened } from './sharpness.ts'

type Chances = Pick<Augmentation, 'markings' | 'patches' | 'equalise' | 'sharpness' | 'curve'>

type Change = (plane: Plane) => Plane | Promise<Plane>

/**
 * The films with what `chances` ask for; the same batch where they are all 0. Each film has a stream of its own, from
 * `random`, so that one film's draws move no other's. All channels of a film are changed alike.
 */
export async function disturbFilms(
  films: FilmBatch,
  size: Size,
  chances: Chances,
  random: Random,
): Promise<FilmBatch> {
  const { markings, patches, equalise, sharpness, curve } = chances
  if (markings + patches + equalise + sharpness + curve === 0) return films
  const length = size.rows * size.columns * films.channels
  const pixels = new Uint8Array(films.pixels.length)
  for (let film = 0; film < films.count; film++) {
    const own = randomStream(below(random, 2 ** 31 - 1), 'disturbances')
    const changes = drawChanges(chances, own)
    const offset = film * length
    const before = films.pixels.subarray(offset, offset + length)
    const planes = planesOf(before, size, films.channels)
    const after: Plane[] = []
    for (const plane of planes) after.push(await changed(plane, changes))
    interleave(after, pixels, offset)
  }
  return { ...films, pixels }
}

async function changed(plane: Plane, changes: readonly Change[]): Promise<Plane> {
  let result = plane
  for (const change of changes) result = await change(result)
  return result
}

/** In the order in which they happen to real films; each on a stream of its own. */
function drawChanges(chances: Chances, random: Random): Change[] {
  const drawers: readonly (readonly [number, (random: Random) => Change])[] = [
    [chances.markings, (own) => again(own, marked)],
    [chances.equalise, drawEqualisation],
    [chances.sharpness, drawSharpness],
    [chances.curve, drawCurve],
    [chances.patches, (own) => again(own, patched)],
  ]
  return drawers.flatMap(([chance, draw], place) => {
    const own = randomStream(below(random, 2 ** 31 - 1), String(place))
    return own.next() < chance ? [draw(own)] : []
  })
}

/** Drawn once and done alike on every channel. */
function again(random: Random, change: (plane: Plane, random: Random) => Plane): Change {
  const seed = below(random, 2 ** 31 - 1)
  return (plane) => change(plane, randomStream(seed, 'again'))
}

/** Tile by tile three times out of four. */
function drawEqualisation(random: Random): Change {
  if (random.next() < 0.25) return equaliseWhole
  const tiles = random.next() < 0.5 ? 4 : 8
  const limit = random.next() < 0.5 ? 1.5 : 3
  return (plane) => equaliseLocally(plane, tiles, limit)
}

function drawSharpness(random: Random): Change {
  const kind = below(random, 4)
  const share = random.next()
  const between = (low: number, high: number) => low + (high - low) * share
  switch (kind) {
    case 0:
      return (plane) => coarsened(plane, between(0.43, 0.9))
    case 1:
      return (plane) => blurred(plane, between(0.4, 1.2))
    case 2:
      return (plane) => sharpened(plane, 1.2, between(0.3, 1))
    default:
      return (plane) => savedAgain(plane, Math.round(between(30, 90)))
  }
}

function drawCurve(random: Random): Change {
  const middle = uniform(random, 0.4, 0.65)
  const exponent = uniform(random, 0.5, 2.2)
  return (plane) => curved(plane, middle, exponent)
}
