/** Films without their outer parts, where most markers and borders lie. */
import { existsSync, mkdirSync } from 'node:fs'
import { basename, dirname, extname, join } from 'node:path'
import { writeFileAtomically } from '../src/files/atomicWrite.ts'
import { cut, type Plane } from '../src/engine/data/disturb/plane.ts'
import { encodePng } from '../src/engine/explain/pngFile.ts'
import { readRaster } from '../src/engine/images/readRaster.ts'
import type { LabelledFilm } from '../src/shared/domain/training.ts'
import { asInput, planeOf, side } from './pictures.ts'
import { middleOf, type OtherName } from './protocol.ts'
import type { Work } from './runs.ts'

/**
 * The films that a training of this name looks at: those of the data, or copies of their middles at the size of the
 * network's input, written once beside the trainings under the same folders and names.
 */
export async function filmsFor(
  work: Work,
  name: OtherName | undefined,
): Promise<readonly LabelledFilm[]> {
  const share = middleOf(name)
  if (share === 1) return work.films
  const copies: LabelledFilm[] = []
  for (const film of work.films) {
    const folder = join(work.folder, `middles-${side}`, basename(dirname(film.path)))
    const path = join(folder, `${basename(film.path, extname(film.path))}.png`)
    if (!existsSync(path)) {
      mkdirSync(folder, { recursive: true })
      await writeFileAtomically(path, pngOf(asInput(middle(planeOf(await readRaster(film.path)), share)))) // prettier-ignore
    }
    copies.push({ ...film, path })
  }
  return copies
}

/** The middle of a film, `share` of each side. */
export function middle(film: Plane, share: number): Plane {
  const [rows, columns] = [Math.round(film.rows * share), Math.round(film.columns * share)]
  const top = Math.floor((film.rows - rows) / 2)
  const left = Math.floor((film.columns - columns) / 2)
  return cut(film, { rows, columns, top, left })
}

function pngOf(grey: Uint8Array): Buffer {
  const colours = new Uint8Array(3 * grey.length)
  for (let at = 0; at < colours.length; at++) colours[at] = grey[Math.floor(at / 3)]!
  return encodePng(colours, { rows: side, columns: side }, 'Middle of a film')
}
