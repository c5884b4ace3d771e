/** Random changes to films as small graphs of their own: each takes a batch of floats 0–255 and gives one back. */
import { fills, type Fill } from '../../shared/domain/training.ts'
import * as attribute from './attributes.ts'
import type { GraphBuilder, Ref } from './graphBuilder.ts'
import {
  add,
  cast,
  complement,
  mean,
  multiply,
  random,
  reshape,
  scale,
  shapeOf,
  slice,
  subtract,
  floats,
} from './ops.ts'

/** Names to feed and fetch. Films go in as they are stored, so a grey film is moved once and not three times. */
export const augmentNames = {
  /** [films, height, width, channels], uint8. */
  films: 'augment/films',
  /** The same as floats; may be fed instead. */
  image: 'augment/image',
  /** [films, 8]. */
  transforms: 'augment/transforms',
  /** [films, 4]: brightness, contrast, gamma, noise. */
  photometric: 'augment/photometric',
  /** [films, 4]: top, left, bottom, right. */
  cutout: 'augment/cutout',
  /** [films], int32: the film of the batch that each is mixed with. */
  partners: 'augment/partners',
  /** [films]: how much of each film stays its own. */
  ownShares: 'augment/ownShares',
  /** Two int32. */
  seed: 'augment/seed',
  moved: (fill: Fill): string => `augment/moved-${fill}`,
  toned: 'augment/toned',
  blanked: 'augment/blanked',
  mixed: 'augment/mixed',
} as const

const WHITE = 255

/** Adds the changes for films of this size. */
export function lowerAugmentation(graph: GraphBuilder, height: number, width: number): void {
  const films = graph.placeholder(augmentNames.films, 'uint8', [-1, height, width, -1])
  const image = graph.op(
    'Cast',
    [films],
    { SrcT: attribute.type('uint8'), DstT: attribute.type('float') },
    { name: augmentNames.image },
  )
  lowerMove(graph, image, height, width)
  lowerTone(graph, image)
  lowerBlank(graph, image, height, width)
  lowerMix(graph, image)
}

/** Flip, rotation, shear, zoom and shift at once, bilinear between pixels. */
function lowerMove(graph: GraphBuilder, image: Ref, height: number, width: number): void {
  const transforms = graph.placeholder(augmentNames.transforms, 'float', [-1, 8])
  for (const fill of fills) {
    graph.op(
      'ImageProjectiveTransformV3',
      [image, transforms, graph.ints([height, width]), graph.float(0)],
      {
        dtype: attribute.type('float'),
        interpolation: attribute.text('BILINEAR'),
        fill_mode: attribute.text(fill.toUpperCase()),
      },
      { name: augmentNames.moved(fill) },
    )
  }
}

/** Contrast about the film's mean, brightness, gamma, noise, in this order, each kept between black and white. */
function lowerTone(graph: GraphBuilder, image: Ref): void {
  const given = graph.placeholder(augmentNames.photometric, 'float', [-1, 4])
  const seed = graph.placeholder(augmentNames.seed, 'int32', [2])
  const [brightness, contrast, gamma, noise] = [0, 1, 2, 3].map((place) =>
    reshape(graph, slice(graph, given, [0, place], [-1, 1]), [-1, 1, 1, 1]),
  )
  const x = scale(graph, image, 1 / WHITE)
  const middle = mean(graph, x, [1, 2, 3], true)
  const contrasted = add(graph, multiply(graph, subtract(graph, x, middle), contrast!), middle)
  const lit = inRange(graph, add(graph, contrasted, brightness!))
  const curved = floats(graph, 'Pow', lit, gamma!)
  const grain = multiply(graph, random(graph, 'Normal', shapeOf(graph, x), seed), noise!)
  const result = inRange(graph, add(graph, curved, grain))
  graph.op(
    'Mul',
    [result, graph.float(WHITE)],
    { T: attribute.type('float') },
    { name: augmentNames.toned },
  )
}

/** Black from top to bottom and left to right, the last ones left out. */
function lowerBlank(graph: GraphBuilder, image: Ref, height: number, width: number): void {
  const given = graph.placeholder(augmentNames.cutout, 'float', [-1, 4])
  const edge = (place: number, shape: readonly number[]): Ref =>
    reshape(graph, slice(graph, given, [0, place], [-1, 1]), shape)
  const within = (length: number, shape: readonly number[], from: number, to: number): Ref => {
    const places = graph.op('Range', [graph.int(0), graph.int(length), graph.int(1)], {
      Tidx: attribute.type('int32'),
    })
    const at = reshape(graph, cast(graph, places, 'int32', 'float'), shape)
    const isPast = floats(graph, 'GreaterEqual', at, edge(from, [-1, 1, 1, 1]))
    const isBefore = floats(graph, 'Less', at, edge(to, [-1, 1, 1, 1]))
    return cast(graph, graph.op('LogicalAnd', [isPast, isBefore]), 'bool', 'float')
  }
  const rows = within(height, [1, height, 1, 1], 0, 2)
  const columns = within(width, [1, 1, width, 1], 1, 3)
  graph.op(
    'Mul',
    [image, complement(graph, multiply(graph, rows, columns))],
    { T: attribute.type('float') },
    { name: augmentNames.blanked },
  )
}

/** Own share × film + the rest × its partner. */
function lowerMix(graph: GraphBuilder, image: Ref): void {
  const partners = graph.placeholder(augmentNames.partners, 'int32', [-1])
  const own = reshape(
    graph,
    graph.placeholder(augmentNames.ownShares, 'float', [-1]),
    [-1, 1, 1, 1],
  )
  const partner = graph.op('GatherV2', [image, partners, graph.int(0)], {
    Tparams: attribute.type('float'),
    Tindices: attribute.type('int32'),
    Taxis: attribute.type('int32'),
  })
  graph.op(
    'AddV2',
    [partner, multiply(graph, subtract(graph, image, partner), own)],
    { T: attribute.type('float') },
    { name: augmentNames.mixed },
  )
}

const inRange = (graph: GraphBuilder, x: Ref): Ref =>
  floats(graph, 'Minimum', floats(graph, 'Maximum', x, graph.float(0)), graph.float(1))
