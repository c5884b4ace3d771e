import type { Dataset } from '../../../../shared/domain/dataset.ts'
import type { ModelSummary } from '../../../../shared/domain/modelSpec.ts'
import { testShareWithoutParts, type TrainingSettings } from '../../../../shared/domain/training.ts'
import { foldOf } from '../../../../shared/split/fold.ts'
import { megabytes, percent, plural } from '../../../format.ts'
import type { Advice } from '../run/advice.ts'

export interface FitQuestion {
  readonly dataset: Dataset | undefined
  readonly settings: TrainingSettings
  readonly summary?: ModelSummary | undefined
  /** Memory of the machine, bytes. */
  readonly memoryBytes?: number | undefined
}

/** Whether data set, network and machine go together; a problem stands in the way of a start. */
export function fitOf(question: FitQuestion): Advice[] {
  const { dataset } = question
  if (!dataset) {
    return [{ kind: 'problem', title: 'No data set', text: 'Choose the films to train on.' }]
  }
  return [
    classesFit(dataset),
    filmsFit(dataset),
    balance(question.settings, dataset),
    noValidation(question.settings, dataset),
    memoryFit(question),
  ].filter((advice) => advice !== undefined)
}

function classesFit({ classes }: Dataset): Advice | undefined {
  if (classes.length >= 2) return undefined
  return {
    kind: 'problem',
    title: classes.length === 0 ? 'The films have no classes' : 'The films are all of one class',
    text: 'There is nothing to tell apart. Choose a data set with two classes or more.',
  }
}

const trainable = (dataset: Dataset) =>
  dataset.counts.map(({ className, train, unassigned }) => ({
    className,
    films: train + unassigned,
  }))

function filmsFit(dataset: Dataset): Advice | undefined {
  const empty = trainable(dataset).filter(({ films }) => films === 0)
  if (empty.length === 0) return undefined
  return {
    kind: 'problem',
    title: 'A class has no training films',
    text: `Nothing can be learnt of ${empty.map(({ className }) => className).join(', ')}: all its films stand in other parts.`,
  }
}

/** From this ratio on, the larger classes outweigh the smallest. */
const unbalanced = 1.5

function balance({ classWeights }: TrainingSettings, dataset: Dataset): Advice | undefined {
  const films = trainable(dataset).map(({ films }) => films)
  const ratio = Math.max(...films) / Math.min(...films)
  if (classWeights || !(ratio >= unbalanced) || !Number.isFinite(ratio)) return undefined
  return {
    kind: 'note',
    title: `The classes are 1 : ${ratio.toFixed(1)}`,
    text: 'Class weights would let the smaller class count as much as the larger one.',
  }
}

function noValidation(
  { validationShare, fold }: TrainingSettings,
  dataset: Dataset,
): Advice | undefined {
  if (
    fold !== undefined ||
    validationShare > 0 ||
    dataset.counts.some(({ validation }) => validation > 0)
  ) {
    return undefined
  }
  return {
    kind: 'warning',
    title: 'No film is held out',
    text: 'Without validation films nobody sees whether the network learns or memorises, and the best epoch is the one with the lowest training loss.',
  }
}

/** Share of the machine's memory that a training may take before it is worth a word. */
const muchMemory = 0.7

function memoryFit({ summary, memoryBytes }: FitQuestion): Advice | undefined {
  if (!summary || !memoryBytes || summary.trainingBytes < muchMemory * memoryBytes) return undefined
  return {
    kind: 'warning',
    title: 'This may not fit into memory',
    text: `A training step takes about ${megabytes(summary.trainingBytes)}; this machine has ${megabytes(memoryBytes)}. A smaller batch takes less.`,
  }
}

/** How validation films are found, in one sentence. */
export function describeSplit(
  { validationShare, fold: text }: TrainingSettings,
  dataset: Dataset,
): string {
  if (text !== undefined) {
    const { index, of } = foldOf(text)
    return `All patients outside the test part are dealt into ${of} folds by the seed, each with its share of every class; fold ${index} is watched, the others are learnt.`
  }
  const validation = dataset.counts.reduce((sum, each) => sum + each.validation, 0)
  if (validation > 0) {
    return `The data set brings ${plural(validation, 'validation film')}; nothing more is held out.`
  }
  const test = dataset.counts.every((each) => each.train + each.test === 0)
    ? `${percent(testShareWithoutParts)} of the patients are kept for the test. `
    : ''
  if (validationShare === 0) return `${test}No film is held out for validation.`
  return `${test}${percent(validationShare)} of the training patients are held out for validation. Split by patient: no patient stands on both sides.`
}
