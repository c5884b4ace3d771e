/** The random changes to training films, as options of the command line. */
import { z } from 'zod'
import { Augmentation } from '../../shared/domain/training.ts'
import { share } from '../parse.ts'
import type { OptionSpec } from '../verb.ts'

export const augmentationOptions: Readonly<Record<string, OptionSpec>> = {
  'no-augmentation': { type: 'boolean', help: "without the preset's random changes to films" },
  'flip-horizontal': { type: 'boolean', help: 'left and right by chance' },
  'flip-vertical': { type: 'boolean', help: 'up and down by chance' },
  rotation: { type: 'string', value: 'DEG', help: 'turned by up to this angle, either way' },
  'rotation-range': {
    type: 'string',
    value: 'FROM,TO',
    help: 'instead: between two angles in turns, as Keras counts: 0.1,1.3',
  },
  zoom: { type: 'string', value: 'F', help: 'smaller or larger by up to this share: 0.2' },
  shear: { type: 'string', value: 'F', help: 'slanted by up to this angle in radians: 0.2' },
  shift: { type: 'string', value: 'F', help: 'moved by up to this share of the side' },
  brightness: { type: 'string', value: 'F', help: 'darker or lighter by up to this share' },
  contrast: { type: 'string', value: 'F', help: 'weaker or stronger by up to this share' },
  gamma: { type: 'string', value: 'F', help: 'gamma between 1 / (1 + F) and 1 + F' },
  noise: { type: 'string', value: 'F', help: 'deviation of added noise, of the full range' },
  cutout: { type: 'string', value: 'F', help: 'side of a blanked square, of the side' },
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
  rotation: share(0, 180).optional(),
  'rotation-range': angles.optional(),
  zoom: share(0, 0.9).optional(),
  shear: share(0, 1).optional(),
  shift: share(0, 0.5).optional(),
  brightness: share(0, 1).optional(),
  contrast: share(0, 1).optional(),
  gamma: share(0, 3).optional(),
  noise: share(0, 0.5).optional(),
  cutout: share(0, 0.9).optional(),
  fill: Augmentation.shape.fill.unwrap().optional(),
})
type AugmentationOptions = z.output<typeof AugmentationOptions>

/** What the preset does, with the options on top. */
export function augmentationWith(before: Augmentation, options: AugmentationOptions): Augmentation {
  const names = {
    flipHorizontal: options['flip-horizontal'],
    flipVertical: options['flip-vertical'],
    rotation: options.rotation,
    rotationRange: options['rotation-range'],
    zoom: options.zoom,
    shear: options.shear,
    shift: options.shift,
    brightness: options.brightness,
    contrast: options.contrast,
    gamma: options.gamma,
    noise: options.noise,
    cutout: options.cutout,
    fill: options.fill,
  } satisfies { [Key in keyof Augmentation]-?: Augmentation[Key] | undefined }
  const given = Object.fromEntries(Object.entries(names).filter(([, value]) => value !== undefined))
  const base = options['no-augmentation'] === true ? {} : before
  // An angle asked for takes the place of the preset's range.
  const replaced = options.rotation === undefined ? {} : { rotationRange: undefined }
  return Augmentation.parse({ ...base, ...replaced, ...given })
}
