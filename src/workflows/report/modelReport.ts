/** What is known of a model, on one page that can be handed on. */
import type { Evaluation } from '../../shared/domain/evaluation.ts'
import type { ScoreCard } from '../../shared/domain/assessment.ts'
import type { ModelManifest } from '../../shared/domain/model.ts'
import { looksInWords } from '../../shared/domain/testLook.ts'
import { shortcutNames } from '../../shared/domain/shortcut.ts'
import type { Scale } from '../../shared/domain/preprocessing.ts'
import { assertNever } from '../../shared/assertNever.ts'
import { calibrationTest } from '../../shared/judgement/calibrationTest.ts'
import { holdsItsTest } from '../../shared/judgement/calibrate.ts'
import { smallSample } from '../../shared/judgement/smallSample.ts'
import { leakWords } from '../../shared/split/words.ts'
import { calibrationNames, shownScore } from '../../shared/judgement/shownScore.ts'
import { goalWords } from '../../shared/judgement/goalWords.ts'
import { escaped, facts, page, table, three, withInterval, type Cell } from './html.ts'
import { judgedSet } from './judgedSet.ts'

/** `cards` are the sets that it was judged on, internal and external. */
export function modelReport(manifest: ModelManifest, cards: readonly ScoreCard[]): string {
  const { name, card, classes, files, createdAt, preprocessing } = manifest
  const columns = [
    ...(card.validation ? [['Validation', card.validation] as const] : []),
    ...(card.test ? [['Test', card.test] as const] : []),
    ...cards.map((one) => [`${one.assessment.datasetName}, ${one.assessment.part}${one.assessment.internal ? '' : ' (external)'}`, one.evaluation] as const), // prettier-ignore
  ]
  return page(
    `Model: ${name}`,
    [
      facts([
        ['Made', createdAt],
        ['Trained on', `${card.trainedOn}${card.synthetic ? ' (synthetic films)' : ''}`],
        ['Version of the films (SHA-256)', card.datasetHash],
        ['Films', `${card.films.train} train, ${card.films.validation} validation, ${card.films.test} test`], // prettier-ignore
        ['Classes', classes.join(', ')],
        ['Epoch', `${card.bestEpoch} of ${card.epochs.length}, seed ${card.settings.seed}`],
        ['Input', `${manifest.spec.input.height} × ${manifest.spec.input.width} × ${manifest.spec.input.channels}, ${scaleWords(preprocessing.scale)}, ${preprocessing.resize === 'area' ? 'resized by area' : 'resized bilinearly'}`], // prettier-ignore
        ['Weights (SHA-256)', files['weights.bin']?.sha256],
        ['Software', Object.entries(card.software).map(([part, version]) => `${part} ${version}`).join(', ')], // prettier-ignore
      ]),
      ...(card.leak ? [`<p class="notice">${escaped(leakWords(card.leak))}</p>`] : []),
      `<h2>Intended use and limits</h2><p>${escaped(card.provenance?.limits ?? 'For research and teaching on films like those it was trained on. It has not been tested on other hospitals, devices or ages.')}</p>`,
      `<h2>Figures with 95 % intervals</h2>${figures(columns)}`,
      looksAt(cards),
      ...cards.map((one) => judgedSet(one, classes)),
      `<h2>Decisions</h2>${decisions(manifest)}`,
      ...cards.filter(({ shortcuts }) => shortcuts.length > 0).map(shortcutsOf),
      ...cards.filter(({ subgroups }) => subgroups.length > 0).map(subgroupsOf),
    ].join('\n'),
  )
}

/** How often the test was looked at: a test that is asked often is one that choices were made by. */
function looksAt(cards: readonly ScoreCard[]): string {
  const rows = cards.flatMap(({ assessment, looks }): [string, Cell][] =>
    looks ? [[`${assessment.datasetName}, ${assessment.part}`, looksInWords(looks)]] : [],
  )
  return rows.length === 0 ? '' : `<h3>Looks at the test films</h3>${facts(rows)}`
}

type Column = readonly [title: string, evaluation: Evaluation]

function figures(columns: readonly Column[]): string {
  if (columns.length === 0) return '<p>None: no films were judged.</p>'
  const row = (name: string, value: (one: Evaluation) => Cell): Cell[] => [
    name,
    ...columns.map(([, one]) => value(one)),
  ]
  return table(
    ['', ...columns.map(([title]) => title)],
    [
      row('Films', ({ n }) => String(n)),
      row('AUC', ({ auc, aucBootstrapCi95, aucCi95 }) => withInterval(auc, aucBootstrapCi95 ?? aucCi95)), // prettier-ignore
      row('Average precision', (one) => withInterval(one.averagePrecision, one.averagePrecisionCi95)), // prettier-ignore
      row('Accuracy', (one) => withInterval(one.accuracy, one.accuracyCi95)),
      row('Majority class alone', (one) => three(one.majorityAccuracy)),
      row('Balanced accuracy', (one) => three(one.balancedAccuracy)),
      row('Sensitivity', (one) => withInterval(one.sensitivity, one.sensitivityCi95)),
      row('Specificity', (one) => withInterval(one.specificity, one.specificityCi95)),
      row('PPV', (one) => withInterval(one.ppv, one.ppvCi95)),
      row('NPV', (one) => withInterval(one.npv, one.npvCi95)),
      row('F1', (one) => three(one.f1)),
      row('MCC', (one) => three(one.mcc)),
      row('Macro F1', ({ macro }) => three(macro?.f1)),
      row('Macro AUC', ({ macro }) => three(macro?.auc)),
      row('Log loss', (one) => three(one.loss)),
      row('Brier score', (one) => withInterval(one.brier, one.brierCi95)),
      row('Calibration error', (one) => three(one.ece)),
      row('Threshold', (one) => three(one.threshold)),
      row('Beware', smallSample),
    ].filter(([, ...values]) => values.some((value) => value !== undefined)),
  )
}

function decisions(manifest: ModelManifest): string {
  const { threshold, operatingPoint, zones, calibration } = manifest
  const shown = shownScore(threshold, manifest)
  return facts([
    ['Threshold of the raw score', `${threshold.toFixed(4)}${operatingPoint ? `, ${goalWords(operatingPoint.goal)}, on ${operatingPoint.on.name} (${operatingPoint.on.films} films)` : ', even odds: not chosen'}`], // prettier-ignore
    ...(shown.scale === 'calibrated' ? [['The same as a calibrated probability', shown.threshold.toFixed(4)] as const] : []), // prettier-ignore
    ...(operatingPoint ? [['Bound to weights and films (SHA-256)', `${operatingPoint.modelHash.slice(0, 16)}… and ${operatingPoint.on.hash.slice(0, 16)}…`] as const] : []), // prettier-ignore
    ['Zones', zones ? `below ${zones.low.toFixed(4)}, above from ${zones.high.toFixed(4)}; missed ${withInterval(zones.missed, zones.missedCi95) ?? ''}, false alarms ${withInterval(zones.falseAlarms, zones.falseAlarmsCi95) ?? ''} on ${zones.on.name}` : undefined], // prettier-ignore
    ['Calibration', calibration ? `${calibrationNames[calibration.map.kind]} on ${calibration.on.name} (${calibration.on.films} films); its test ${holdsItsTest(calibration) ? 'is held' : 'is NOT held, so raw scores are shown'}, ${calibrationTest(calibration)}` : 'none: scores are no probabilities'], // prettier-ignore
  ])
}

function scaleWords(scale: Scale): string {
  const kind = typeof scale === 'string' ? scale : scale.kind
  switch (kind) {
    case 'unit':
      return 'greys divided by 255'
    case 'none':
      return 'greys as they are, 0 to 255'
    case 'l2':
      return 'greys divided by the length of their lines'
    case 'standardise':
      return 'each film less its mean, over its deviation'
    case 'dataset':
      return 'greys less the training films’ mean, over their deviation'
    case 'centre':
      return 'greys by mean and deviation of the film’s middle'
    default:
      return assertNever(kind)
  }
}

const shortcutsOf = ({ assessment, shortcuts }: ScoreCard): string =>
  `<h2>Shortcut tests on ${escaped(assessment.datasetName)}, ${escaped(assessment.part)}</h2><p class="small">Films changed where no disease is. Called otherwise: of ${shortcuts[0]!.films} films, with the 95 % interval of the share.</p>${table(
    ['Change', 'Called otherwise', 'Became wrong', 'Became right', 'Mean shift', 'Change of AUC'],
    shortcuts.map(({ change, films, flips, flipsCi95, becameWrong, becameRight, ...one }) => [
      ...[shortcutNames[change], `${flips} · ${withInterval(flips / films, flipsCi95) ?? ''}`],
      ...[becameWrong, becameRight, three(one.meanShift)],
      withInterval(one.auc?.difference, one.auc?.ci95),
    ]),
  )}`

const subgroupsOf = ({ assessment, subgroups }: ScoreCard): string =>
  `<h2>Subgroups of ${escaped(assessment.datasetName)}, ${escaped(assessment.part)}</h2>${table(
    ['Property', 'Value', 'Films', 'AUC', 'Sensitivity', 'Specificity', ''],
    subgroups.map(({ facet, value, evaluation: one }) => [
      ...[facet, value, one.n, withInterval(one.auc, one.aucBootstrapCi95 ?? one.aucCi95)],
      withInterval(one.sensitivity, one.sensitivityCi95),
      withInterval(one.specificity, one.specificityCi95),
      smallSample(one) ?? '',
    ]),
  )}`
