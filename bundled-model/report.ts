/** What was found, as tables for docs/bundled-model.md. */
import type { Evaluation } from '../src/shared/domain/evaluation.ts'
import type { CalibrationMap } from '../src/shared/domain/calibration.ts'
import type { ModelManifest } from '../src/shared/domain/model.ts'
import { calibrated } from '../src/shared/judgement/calibrate.ts'
import { moments } from './moments.ts'
import type { RobustnessRow } from './robustness.ts'
import type { FilmScores, Judged } from './score.ts'
import type { FlaggedRow } from './flags.ts'
import { figuresOf, plainScores, stressedScores, type Scored } from './ship.ts'

export interface Figures extends Judged {
  readonly scores: readonly FilmScores[]
  /** At even odds. */
  readonly plain: Evaluation
  readonly stressed: Evaluation
}

/** Everything that was judged on films it had not seen. */
interface Found {
  readonly found: readonly Figures[]
  /** Means of the weights of several seeds. */
  readonly means: readonly Figures[]
  /** What was tried beside the protocol. */
  readonly tried: readonly Figures[]
}

/** Codes that a grey picture without a file's words can get. */
const seenCodes = ['NOT_CHEST', 'LATERAL', 'INVERTED', 'FAR'] as const
const names = ['auc', 'accuracy', 'sensitivity', 'specificity', 'ece'] as const
const titles = ['AUC', 'accuracy', 'sensitivity', 'specificity', 'ECE']
const figure = (value: number | undefined) => (value === undefined ? '–' : value.toFixed(4))
const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
const head = (...cells: readonly string[]) => [row(cells), row(cells.map(() => '---'))]
const figureCells = (evaluation: Evaluation) => names.map((name) => figure(evaluation[name]))

/** Of a case, in its file's name. */
const organisms = ['bacteria', 'virus'] as const

/** What the model that ships, and the un-hardened one, make of films that are not as they were. */
export interface Trials {
  readonly changes: readonly RobustnessRow[]
  readonly baseline: readonly RobustnessRow[] | undefined
  readonly strangers: readonly FlaggedRow[]
  readonly outsiders: readonly FlaggedRow[]
}

/** Markdown: every training, their means, the shipped one at its threshold, and the changes that films may meet. */
export function report(
  { found, means, tried }: Found,
  chosen: Figures,
  { threshold, calibration }: Pick<ModelManifest, 'threshold' | 'calibration'>,
  { changes, baseline, strangers, outsiders }: Trials,
): string {
  const atThreshold = [
    row(['plain', ...figureCells(figuresOf(plainScores(chosen.scores), threshold))]),
    row(['stressed', ...figureCells(figuresOf(stressedScores(chosen.scores), threshold))]),
  ]
  return [
    `Watched films, at even odds:\n`,
    ...figuresTable(found),
    ...(means.length > 0 ? ['\nMeans of the weights of seeds:\n', ...figuresTable(means)] : []),
    ...(tried.length > 0 ? ['\nTried beside it:\n', ...figuresTable(tried)] : []),
    `\n${chosen.name} at its threshold ${threshold.toFixed(4)}:\n`,
    ...head('films', ...titles),
    ...atThreshold,
    '\nSensitivity at its threshold, by the organism that a case is named by:\n',
    ...head('organism', 'cases', 'plain', 'stressed'),
    ...organisms.map((organism) => row(organismCells(organism, chosen.scores, threshold))),
    ...(calibration
      ? [
          '\nExpected calibration error, raw and calibrated:\n',
          ...head('films', 'raw', 'calibrated'),
          row(['plain', ...eceCells(plainScores(chosen.scores), calibration.map)]),
          row(['stressed', ...eceCells(stressedScores(chosen.scores), calibration.map)]),
          row([
            `stressed, by maps made from other patients (${calibration.test.folds} folds)`,
            figure(calibration.test.raw.ece),
            figure(calibration.test.calibrated.ece),
          ]),
        ]
      : []),
    ...changesTable(changes),
    ...(baseline ? ['\nThe un-hardened baseline.', ...changesTable(baseline)] : []),
    `\nWhat the envelope says of ${strangers[0]?.films ?? 0} watched films made strange:\n`,
    ...flagsTable(strangers),
    '\nWhat the envelope says of pictures that are no such films:\n',
    ...flagsTable(outsiders),
    '',
  ].join('\n')
}

const figuresTable = (models: readonly Figures[]) => [
  ...head('training', 'films', ...titles),
  ...models.flatMap(({ name, plain, stressed }) => [
    row([name, 'plain', ...figureCells(plain)]),
    row([name, 'stressed', ...figureCells(stressed)]),
  ]),
  ...(['plain', 'stressed'] as const).map(
    (kind) =>
    row([`mean ± sd of ${models.length}`, kind, ...names.map((name) => spreadOf(models.map((one) => one[kind][name])))]), // prettier-ignore
  ),
]

const changesTable = (rows: readonly RobustnessRow[]) => [
  `\nChanges of ${rows[0]?.films ?? 0} watched films:\n`,
  ...head('change', 'AUC', 'called otherwise', 'mean shift of the score'),
  ...rows.map(({ change, auc, flips, meanShift }) =>
    row([change, figure(auc), String(flips), figure(meanShift)]),
  ),
]

const flagsTable = (rows: readonly FlaggedRow[]) => [
  ...head('films', 'looked at', 'flagged', ...seenCodes),
  ...rows.map(({ kind, films, flagged, byCode }) =>
    row([
      kind,
      String(films),
      String(flagged),
      ...seenCodes.map((code) => String(byCode[code] ?? 0)),
    ]),
  ),
]

function organismCells(organism: string, films: readonly FilmScores[], threshold: number) {
  const cases = films.filter(({ film }) => film.includes(`_${organism}_`))
  const sensitivities = [plainScores(cases), stressedScores(cases)].map(
    (scored) => figuresOf(scored, threshold).sensitivity,
  )
  return [organism, String(cases.length), ...sensitivities.map(figure)]
}

function eceCells(scored: Scored, map: CalibrationMap): string[] {
  const probabilities = scored.probabilities.map((row) => {
    const probability = calibrated(map, row.at(-1)!)
    return [1 - probability, probability]
  })
  return [scored, { ...scored, probabilities }].map((each) => figure(figuresOf(each).ece))
}

function spreadOf(values: readonly (number | undefined)[]): string {
  const known = values.filter((value) => value !== undefined)
  const { mean, deviation } = moments(known)
  return deviation === undefined ? figure(mean) : `${figure(mean)} ± ${figure(deviation)}`
}
