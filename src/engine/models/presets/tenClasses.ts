/** Configurations of the notation (Rainardi, 2021), published with ten classes. */
import { parseNotation } from '../notation/parse.ts'
import { notationLayers } from '../notation/toSpec.ts'
import type { Preset } from './preset.ts'

const tenClasses = (name: string, notation: string, side: number): Preset['spec'] => ({
  name,
  input: { height: side, width: side, channels: 3 },
  classes: 10,
  layers: notationLayers(parseNotation(notation), 10),
  loss: { kind: 'categoricalCrossentropy' },
  optimiser: { kind: 'adam' },
})

/** As `image_dataset_from_directory` is called there: batch 30, validation split 0.25, seed 100. */
const fromDirectory = { batchSize: 30, validationShare: 0.25, seed: 100, epochs: 20 } as const
/** Its `RandomRotation((0.1, 1.3))` and `RandomZoom(0.15)`, both with reflect fill, after flips both ways. */
const augmentation = {
  flipHorizontal: true,
  flipVertical: true,
  rotationRange: [0.1, 1.3],
  zoom: 0.15,
  fill: 'reflect',
} satisfies Preset['settings']['augmentation']

const small = 'C: 16n 16n d¼ 32n 32n d¼ D: 16R L2'
export const notationExample: Preset = {
  name: 'notation',
  title: 'Ten classes, in notation',
  source: 'Rainardi, 2021',
  description: `${small}: the configuration that its author's comparison starts from.`,
  spec: tenClasses('notation', small, 180),
  settings: fromDirectory,
  published: '963k parameters',
}

const large = 'C: 32n 32n d20% 64x5n 64x5n d20% D: 128R 64R'
export const notationLarge: Preset = {
  name: 'notation-large',
  title: 'Ten classes, larger',
  source: 'Rainardi, 2021',
  description: `${large}: two pairs of wider convolutions and two dense layers, on augmented films.`,
  spec: tenClasses('notation-large', large, 200),
  settings: { ...fromDirectory, augmentation },
  published: 'No figures; the larger example of the series',
}
