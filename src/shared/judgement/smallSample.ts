import type { Evaluation } from '../domain/evaluation.ts'

/** Below it an interval is so wide that a difference says little. */
const [FEW, FEW_OF_A_CLASS] = [30, 10]

/** Why figures of so few films are to be read with care; undefined where they are not. */
export function smallSample({ n, matrix }: Pick<Evaluation, 'n' | 'matrix'>): string | undefined {
  const ofClass = matrix.map((row) => row.reduce((sum, count) => sum + count, 0))
  const present = ofClass.filter((count) => count > 0)
  if (present.length < 2) return 'films of one class alone'
  if (n < FEW) return `only ${n} films: read with care`
  const least = Math.min(...ofClass)
  return least < FEW_OF_A_CLASS ? `only ${least} films of a class: read with care` : undefined
}
