/** The random changes to training films, as options of the command line. */
import { z } from 'zod'
import { Augmentation } from '../../shared/domain/training.ts'
import { share } from '../parse.ts'
import type { OptionSpec } from '../verb.ts'

type AugmentationNumber = {
  [Key in keyof Augmentation]-?: Augmentation[Key] extends number ? Key : never
}[keyof Augmentation]

/** Options that are called as the schema calls them. */
const numbers = {
  rotation: { most: 180, help: 'turned by up to this angle either way, degrees' },
  shear: { most: 1, help: 'slanted by up to this angle either way, radians: 0.2' },
  zoom: { most: 0.9, help: 'between 1 − F and 1 + F, each axis on its own: 0.2' },
  scale: { most: 1, help: 'between 1 / (1 + F) and 1 + F, both axes together' },
  aspect: { most: 1, help: 'width against height between 1 / (1 + F) and 1 + F' },
  shift: { most: 0.5, help: 'moved by up to this share of the side, either way' },
  brightness: { most: 1, help: 'darker or lighter by up to this share of the full range' },
  contrast: { most: 1, help: 'contrast between 1 − F and 1 + F' },
  gamma: { most: 3, help: 'gamma between 1 / (1 + F) and 1 + F' },
  curve: { most: 1, help: 'chance of an S-shaped curve of grey values' },
  equalise: { most: 1, help: 'chance of an equalised histogram' },
  noise: { most: 0.5, help: 'standard deviation of added noise, of the full range' },
  cutout: { most: 0.9, help: 'side of one blanked square, of the side of the film' },
  mixup: { most: 1, help: 'films and labels blended in pairs: 0.2' },
  patches: { most: 1, help: 'chance of rectangles of any grey value' },
  markings: { most: 1, help: 'chance of letters and blanked corners laid over a film' },
  sharpness: { most: 1, help: 'chance of a coarser, blurred, sharpened or JPEG copy' },
} as const satisfies Record<AugmentationNumber, { most: number; help: string }>

const numberOptions = Object.entries(numbers)

export const augmentationOptions: Readonly<Record<string, OptionSpec>> = {
  'no-augmentation': { type: 'boolean', help: "without the preset's random changes to films" },
  'flip-horizontal': { type: 'boolean', help: 'left and right by chance' },
  'flip-vertical': { type: 'boolean', help: 'up and down by chance' },
  'rotation-range': {
    type: 'string',
    value: 'FROM,TO',
    help: 'between two angles in turns, as Keras counts: 0.1,1.3',
  },
  ...Object.fromEntries(
    numberOptions.map(([name, { help }]): [string, OptionSpec] => [
      name,
      { type: 'string', value: 'F', help },
    ]),
  ),
  fill: {
    type: 'string',
    value: 'NAME',
    help: `what is moved in: ${Augmentation.shape.fill.unwrap().options.join(', ')}`,
  },
}

const angles = z
  .string()
  .regex(/^-?[\d.]+,-?[\d.]+$/, 'two angles in turns are expected, such as 0.1,1.3')
  .transform((text) => text.split(',').map(Number))
  .pipe(Augmentation.shape.rotationRange.unwrap())

export const AugmentationOptions = z.object({
  'no-augmentation': z.boolean().optional(),
  'flip-horizontal': z.boolean().optional(),
  'flip-vertical': z.boolean().optional(),
  'rotation-range': angles.optional(),
  ...mapped(numbers, ({ most }) => share(0, most).optional()),
  fill: Augmentation.shape.fill.unwrap().optional(),
})
type AugmentationOptions = z.output<typeof AugmentationOptions>

/** What the preset does, with the options on top. */
export function augmentationWith(before: Augmentation, options: AugmentationOptions): Augmentation {
  const asked = {
    ...mapped(numbers, (_, name) => options[name]),
    flipHorizontal: options['flip-horizontal'],
    flipVertical: options['flip-vertical'],
    rotationRange: options['rotation-range'],
    fill: options.fill,
  } satisfies { [Key in keyof Augmentation]-?: Augmentation[Key] | undefined }
  const given = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined))
  const base = options['no-augmentation'] === true ? {} : before
  // An angle asked for takes the place of the preset's range.
  const replaced = options.rotation === undefined ? {} : { rotationRange: undefined }
  return Augmentation.parse({ ...base, ...replaced, ...given })
}

function mapped<Key extends string, From, To>(
  from: Readonly<Record<Key, From>>,
  change: (value: From, key: Key) => To,
): Record<Key, To> {
  const entries = Object.entries(from) as [Key, From][]
  return Object.fromEntries(entries.map(([key, value]) => [key, change(value, key)])) as Record<Key, To> // prettier-ignore
}
