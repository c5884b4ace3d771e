/** Shortcut tests in the words of the page. */
import type { ShortcutFigures } from '../../../../shared/domain/shortcut.ts'
import { count } from '../../../format.ts'

const per = (share: number) => (100 * share).toFixed(1)

/** «12 (2.4 %; 1.4–4.2 %)» */
export const flipWords = ({ flips, films, flipsCi95: [low, high] }: ShortcutFigures): string =>
  `${count(flips)} (${per(flips / films)} %; ${per(low)}–${per(high)} %)`

const signed = (value: number) => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(3)}`

/** «−0.012 (−0.020 to −0.004)»; with the interval over patients where one could be drawn, or else over films. */
export const aucChangeWords = (
  { difference, ci95: overFilms }: NonNullable<ShortcutFigures['auc']>,
  ci95 = overFilms,
): string => `${signed(difference)} (${signed(ci95[0])} to ${signed(ci95[1])})`
