import type { Agreement, AgreementFigures, WithInterval } from '../../../shared/domain/agreement.ts'
import { duration, plural } from '../../format.ts'

/** «0.412 (0.210 to 0.614)»; a dash for what is unknown. */
export function withInterval(figure: WithInterval | undefined): string {
  if (!figure) return '–'
  const [value, low, high] = [figure.value, figure.low, figure.high].map((each) => each.toFixed(3))
  return `${value!} (${low!} to ${high!})`
}

/** «78 % (70 % to 84 %)». */
export function percentInterval(figure: WithInterval | undefined): string {
  if (!figure) return '–'
  const shown = [figure.value, figure.low, figure.high].map((each) => `${Math.round(each * 100)} %`)
  return `${shown[0]!} (${shown[1]!} to ${shown[2]!})`
}

/** The 2 × 2 table by rows of the reader. */
export const tableRows = ({ table }: AgreementFigures): readonly [string, number, number][] => [
  ['Reader: pneumonia', table.bothPneumonia, table.readerAlone],
  ['Reader: normal', table.modelAlone, table.bothNormal],
]

/** Which films the figures say nothing about. */
export function leftOutWords({ leftOut }: Agreement): string {
  const { unread, unsure, badQuality, unscored } = leftOut
  const parts = [
    unread > 0 ? `${plural(unread, 'film')} without a verdict` : '',
    unsure > 0 ? `${unsure} unsure` : '',
    badQuality > 0 ? `${badQuality} of bad quality` : '',
    unscored > 0 ? `${unscored} without a score` : '',
  ].filter(Boolean)
  return parts.length === 0 ? 'No film is left out.' : `Left out: ${parts.join(', ')}.`
}

export const timeWords = ({ time }: Agreement): string =>
  time
    ? `median ${readingTime(time.medianSeconds)}, mean ${readingTime(time.meanSeconds)}, over ${plural(time.films, 'film')}.`
    : 'none was taken yet.'

/** Readers differ by parts of a second. */
const readingTime = (seconds: number) =>
  seconds < 60 ? `${seconds.toFixed(1)} s` : duration(seconds)
