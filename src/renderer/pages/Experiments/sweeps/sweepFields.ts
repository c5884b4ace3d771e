/** The form of a sweep: which parts of its YAML have a field of their own, and how each is written. */

type Path = readonly [string, ...string[]]

interface Common {
  readonly path: Path
  readonly label: string
  readonly hint: string
  /** Takes the room of two. */
  readonly wide?: true
}

export type SweepField =
  /** One value. */
  | (Common & { readonly kind: 'value'; readonly example: string })
  /** Several, with commas between. */
  | (Common & { readonly kind: 'list'; readonly example: string })
  /** One of a few, or none. */
  | (Common & { readonly kind: 'choice'; readonly options: readonly string[] })
  /** Any of a few. */
  | (Common & { readonly kind: 'choices'; readonly options: readonly string[] })
  /** A list with each entry in a line of its own. */
  | (Common & { readonly kind: 'lines'; readonly example: string })

export interface SweepFieldGroup {
  readonly title: string
  readonly hint: string
  readonly fields: readonly SweepField[]
}

const value = (label: string, example: string, hint: string, ...path: Path): SweepField => ({
  ...{ kind: 'value', path, label, example, hint },
})
const list = (label: string, example: string, hint: string, ...path: Path): SweepField => ({
  ...{ kind: 'list', path, label, example, hint },
})

const optimisers = ['adam', 'adamw', 'sgd', 'momentum', 'rmsprop'] as const
const normalisations = ['unit', 'none', 'l2', 'l2-width', 'standardise', 'dataset'] as const

export const sweepFieldGroups: readonly SweepFieldGroup[] = [
  {
    title: 'All configurations',
    hint: 'What they have in common.',
    fields: [
      value('Name', 'sweep', 'Of the sweep', 'name'),
      { ...value('Network', 'C: 16n 16n d¼ D: 16R', 'In notation', 'base', 'spec'), wide: true },
      value('Or preset', 'digits', 'A recipe by its name, in place of the notation', 'base', 'preset'), // prettier-ignore
      value('Input', '64x64x1', 'Height x width x channels; 1 is grey, 3 colour', 'base', 'input'),
      value('Epochs', '10', 'Of each training', 'base', 'epochs'),
      value('Batch size', '32', 'Films in one step', 'base', 'batch'),
      value('Learning rate', '0.001', 'Length of a step', 'base', 'learningRate'),
      value('Patience', 'off', 'Stops a training after so many epochs without a better one', 'base', 'patience'), // prettier-ignore
      value('Validation share', '0.2', 'Of the training patients, where the films bring no validation part', 'base', 'validationShare'), // prettier-ignore
      {
        ...{ kind: 'choice', path: ['base', 'classWeights'], label: 'Class weights' },
        ...{ options: ['true', 'false'], hint: 'Whether rare classes weigh more' },
      },
      {
        ...value('Augmentation', '{ flipHorizontal: true, zoom: 0.2 }', 'Random changes to training films, as in a run', 'base', 'augmentation'), // prettier-ignore
        wide: true,
      },
    ],
  },
  {
    title: 'What varies',
    hint: 'Each value of a field is tried with each of all other fields.',
    fields: [
      {
        ...list('Filters', '[16, 32], [32, 64]', 'Of each group of convolutions: in brackets for several groups', 'grid', 'filters'), // prettier-ignore
        wide: true,
      },
      list('Convolutions a group', '1, 2', 'How many stand before each pool', 'grid', 'convolutionsPerGroup'), // prettier-ignore
      list('Kernel', '3, 5', 'Side of every kernel, pixels', 'grid', 'kernel'),
      list('Pool', '2, 3, 4', 'Side of every pool, pixels', 'grid', 'pool'),
      list('Dropout', '0.2, 0.3, 0.5', 'After each group; 0 is none', 'grid', 'dropout'),
      list('L2', '0, 0.01', 'Factor on the dense layers; 0 is none', 'grid', 'l2'),
      list('Dense units', '16, 32', 'Of each dense layer: in brackets for several layers', 'grid', 'denseUnits'), // prettier-ignore
      list('Dense layers', '1, 2', 'How many stand before the output', 'grid', 'denseLayers'),
      list('Dense dropout', '0, 0.5', 'After each dense layer', 'grid', 'denseDropout'),
      list('Learning rates', '0.01, 0.001', 'Length of a step', 'grid', 'learningRate'),
      list('Batch sizes', '16, 64', 'Films in one step', 'grid', 'batch'),
      {
        ...{ kind: 'choices', path: ['grid', 'batchNorm'], label: 'Batch normalisation' },
        ...{ options: ['true', 'false'], hint: 'After each convolution' },
      },
      {
        ...{ kind: 'choices', path: ['grid', 'optimiser'], label: 'Optimisers' },
        ...{ options: optimisers, hint: 'At their usual settings' },
      },
      {
        ...{ kind: 'choices', path: ['grid', 'normalisation'], label: 'Normalisation' },
        ...{ options: normalisations, hint: 'How pixels become input' },
      },
      {
        ...{ kind: 'lines', path: ['configurations'], label: 'Networks one by one' },
        example: 'C: 16n 16n D: 16R',
        hint: 'A network in notation in each line; with the fields above, each of them with each of those',
      },
    ],
  },
  {
    title: 'Repeats',
    hint: 'Figures of a configuration are then means with deviations.',
    fields: [
      list('Seeds', '1, 2, 3', 'Each configuration once a seed', 'seeds'),
      value('Folds', 'off', 'Each once a fold of the patients, which is watched in turn', 'folds'),
    ],
  },
  {
    title: 'Successive halving',
    hint: 'Stops bad configurations early: only the best of each round go on, for longer.',
    fields: [
      value('First round', 'off', 'Epochs of every configuration before the first are stopped', 'halving', 'epochs'), // prettier-ignore
      value('Share that goes on', '⅓', 'Of each round, the best by validation accuracy; written as 0.5', 'halving', 'keep'), // prettier-ignore
    ],
  },
]
