/** Letters at the edges of a film that say which side of the patient lies there. */
import type { Matrix } from '../../viewer/view.ts'

export interface EdgeLetters {
  readonly left: string
  readonly right: string
  readonly top: string
  readonly bottom: string
}

/**
 * `orientation` is the file's: where its rows lead, and its columns (PS3.3 C.7.6.1.1.1: «L\F» leads to the patient's left,
 * and to the feet). `matrix` says how the film lies in its pane. Undefined where the file does not name both.
 */
export function edgeLetters(
  orientation: string | undefined,
  { a, b, c, d }: Matrix,
): EdgeLetters | undefined {
  const [along, down] = orientation?.split('\\').map((letters) => letters.trim()) ?? []
  if (!isNamed(along) || !isNamed(down)) return undefined
  const towards = (x: number, y: number): string => {
    const [rows, columns] = [a * x + b * y, c * x + d * y]
    const [letters, share] = Math.abs(rows) > Math.abs(columns) ? [along, rows] : [down, columns]
    return share > 0 ? letters : opposite(letters)
  }
  return {
    left: towards(-1, 0),
    right: towards(1, 0),
    top: towards(0, -1),
    bottom: towards(0, 1),
  }
}

const isNamed = (letters: string | undefined): letters is string =>
  letters !== undefined && /^[APRLHF]{1,3}$/.test(letters)

const opposites: Readonly<Record<string, string>> = { A: 'P', P: 'A', R: 'L', L: 'R', H: 'F', F: 'H' } // prettier-ignore

const opposite = (letters: string): string =>
  letters.replace(/./g, (letter) => opposites[letter] ?? letter)
