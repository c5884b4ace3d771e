/** What lies around the exposed part of a film: lines of one grey, and margins that hold next to nothing. */
import type { Box } from '../../shared/domain/quality.ts'
import type { GreyPlane } from './plane.ts'

/** Of 255: what a compression leaves of a line of one grey, and how far such lines differ from their neighbours. */
const [FLATNESS, STEP] = [8, 4]
/** Of 255: darker is unexposed, brighter a burnt or a white margin. */
const [DARK, BRIGHT] = [20, 245]
/** Share of a line that a margin's marks and letters may take. */
const MARKS = 0.05

interface Line {
  readonly lowest: number
  readonly highest: number
  readonly mean: number
  readonly dark: number
  readonly bright: number
}

interface Lines {
  readonly down: readonly Line[]
  readonly across: readonly Line[]
}

/** Uniform borders and the exposed box, in shares of the sides. */
export function edgesOf(plane: GreyPlane): { borders: Box; exposed: Box } {
  const { rows, columns } = plane
  const lines: Lines = {
    down: Array.from({ length: rows }, (_, row) => lineOf(plane, row * columns, 1, columns)),
    across: Array.from({ length: columns }, (_, column) => lineOf(plane, column, columns, rows)),
  }
  return { borders: uniformBorders(lines), exposed: exposedBox(lines) }
}

function lineOf({ pixels }: GreyPlane, start: number, step: number, length: number): Line {
  let [lowest, highest, sum, dark, bright] = [255, 0, 0, 0, 0]
  for (let place = 0, at = start; place < length; place++, at += step) {
    const value = pixels[at]!
    if (value < lowest) lowest = value
    if (value > highest) highest = value
    if (value < DARK) dark++
    else if (value > BRIGHT) bright++
    sum += value
  }
  return { lowest, highest, mean: sum / length, dark: dark / length, bright: bright / length }
}

/** How far from each edge every line is of one grey; a film of one grey is all border. */
function uniformBorders({ down, across }: Lines): Box {
  const isFlat = (line: Line, before: Line | undefined) =>
    line.highest - line.lowest <= FLATNESS && (!before || Math.abs(line.mean - before.mean) <= STEP)
  const share = (lines: readonly Line[]) => {
    const end = lines.findIndex((line, at) => !isFlat(line, lines[at - 1]))
    return (end < 0 ? lines.length : end) / lines.length
  }
  return {
    left: share(across),
    top: share(down),
    right: share([...across].reverse()),
    bottom: share([...down].reverse()),
  }
}

/** What is left between the margins; the whole film where that is nothing. */
function exposedBox({ down, across }: Lines): Box {
  const isMargin = ({ dark, bright }: Line) => dark >= 1 - MARKS || bright >= 1 - MARKS
  const sides = (lines: readonly Line[]) => {
    const first = lines.findIndex((line) => !isMargin(line))
    const last = lines.length - 1 - [...lines].reverse().findIndex((line) => !isMargin(line))
    return first < 0 ? undefined : [first / lines.length, (last + 1) / lines.length]
  }
  const [left, right] = sides(across) ?? [0, 1]
  const [top, bottom] = sides(down) ?? [0, 1]
  return { left: left!, top: top!, right: right!, bottom: bottom! }
}
