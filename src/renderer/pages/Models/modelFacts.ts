import type { LibraryModel } from '../../../shared/contracts/appAreas/models.ts'
import { nameOfScale, scaleWords } from '../../../shared/domain/preprocessing.ts'
import { calibrationTest } from '../../../shared/judgement/calibrationTest.ts'
import { holdsItsTest } from '../../../shared/judgement/calibrate.ts'
import { calibrationNames } from '../../../shared/judgement/shownScore.ts'
import type { Fact } from '../../components/fact.ts'
import { count, megabytes, moment } from '../../format.ts'
import { describeFilms, settingsFacts } from '../Experiments/run/settingsFacts.ts'

type Manifest = LibraryModel['manifest']

/** What the model is, in words. */
export function modelFacts({ manifest, params }: LibraryModel): Fact[] {
  const { classes, spec, threshold, files, createdAt, preprocessing } = manifest
  const { width, height, channels } = spec.input
  const colour = channels === 1 ? 'grey' : 'red, green, blue'
  const bytes = Object.values(files).reduce((sum, file) => sum + file.bytes, 0)
  return [
    { label: 'Made', value: moment(createdAt) },
    { label: 'Classes', value: classes.join(', ') },
    { label: 'Input', value: `${width} × ${height} pixels, ${colour}` },
    {
      label: 'Pixel values',
      value: scaleWords[nameOfScale(preprocessing)],
    },
    {
      label: 'DICOM greys',
      value:
        preprocessing.window === 'percentile'
          ? 'between the percentiles 1 and 99'
          : 'by the file’s own window',
    },
    { label: 'Parameters', value: `${count(params)} (${megabytes(bytes)})` },
    { label: 'Threshold', value: thresholdWords(threshold, classes) },
    {
      label: 'Score',
      value: manifest.calibration
        ? holdsItsTest(manifest.calibration)
          ? `Calibrated by ${calibrationNames[manifest.calibration.map.kind]} on ${manifest.calibration.on.name}, ${calibrationTest(manifest.calibration)}`
          : `Mapped by ${calibrationNames[manifest.calibration.map.kind]}, but the map did not hold its test: raw scores are shown`
        : 'Not calibrated: higher means more likely, but 80 % is not 8 in 10.',
    },
  ]
}

const thresholdWords = (threshold: number, classes: readonly string[]): string =>
  classes.length === 2
    ? `${threshold.toFixed(2)}: at or above it, a film is called ${classes[1] ?? 'positive'}`
    : 'none: the most likely class is named'

/** How it was trained, in words. */
export function trainingFacts({ card, spec }: Manifest): Fact[] {
  const { trainedOn, datasetHash, leak, films, bestEpoch, epochs, settings, provenance } = card
  return [
    { label: 'Trained on', value: trainedOn },
    ...(datasetHash === undefined ? [] : [{ label: 'Version of it', value: datasetHash }]),
    {
      label: 'Films',
      value: `${describeFilms(films)}, ${leak ? 'LEAKY SPLIT' : 'split by patient'}`,
    },
    settings.keep === 'last'
      ? { label: 'Epoch kept', value: `the last of ${epochs.length}` }
      : { label: 'Best epoch', value: `${bestEpoch} of ${epochs.length}` },
    ...settingsFacts(settings, spec.optimiser),
    ...(provenance
      ? [
          { label: 'Source of the films', value: provenance.data },
          { label: 'First weights', value: provenance.firstWeights },
          { label: 'Protocol', value: provenance.protocol },
        ]
      : []),
  ]
}

export const softwareFacts = ({ card, files }: Manifest): Fact[] => [
  ...Object.entries(card.software).map(([label, value]) => ({ label, value })),
  ...Object.entries(files).map(([name, { sha256 }]) => ({
    label: `${name} SHA-256`,
    value: sha256,
  })),
]
