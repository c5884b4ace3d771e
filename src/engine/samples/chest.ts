/** A chest as a field of brightness: soft tissue, air and bone, laid over each other. */
import { uniform, type Random } from '../data/random.ts'
import { diaphragm, heartAt, lungAt, lungEdges, type Anatomy, type LungEdges } from './anatomy.ts'
import type { Opacity } from './opacity.ts'
import { bell, distance, ridge, smooth, valueNoise, type Noise } from './shapes.ts'

/** Random texture of one film; the same draws for sick and healthy. */
interface Textures {
  readonly soft: Noise
  readonly vessels: Noise
  readonly twigs: Noise
  readonly markings: number
}

/** [size, size] brightness, about 0 (air outside) to 1 (dense bone), upright and centred. */
export function paintChest(
  anatomy: Anatomy,
  opacity: Opacity | undefined,
  size: number,
  random: Random,
): Float32Array {
  const textures = {
    soft: valueNoise(10, random),
    vessels: valueNoise(20, random),
    twigs: valueNoise(40, random),
    markings: uniform(random, 0.06, 0.12),
  }
  const field = new Float32Array(size * size)
  for (let row = 0; row < size; row++) {
    const v = ((row + 0.5) / size) * 2 - 1
    const edges = { lung: lungEdges(anatomy, v), cage: lungEdges(anatomy, Math.max(v, -0.6)) }
    for (let column = 0; column < size; column++) {
      const u = ((column + 0.5) / size) * 2 - 1
      field[row * size + column] = brightness(anatomy, edges, opacity, textures, u, v)
    }
  }
  return field
}

/** The lungs' edges at one height, and those of the rib cage around them. */
interface Edges {
  readonly lung: LungEdges
  readonly cage: LungEdges
}

function brightness(
  anatomy: Anatomy,
  edges: Edges,
  opacity: Opacity | undefined,
  textures: Textures,
  u: number,
  v: number,
): number {
  const body = bodyAt(anatomy, u, v)
  if (body === 0) return 0.03
  const lung = lungAt(anatomy, edges.lung, u, v)
  const heart = heartAt(anatomy, u, v)
  const filled = lung > 0 && opacity ? Math.min(Math.max(opacity(u, v), 0), 1) : 0
  const air = lung * (1 - 0.8 * heart) * (1 - 0.88 * filled)
  let value = 0.5 + 0.05 * (textures.soft(u, v) - 0.5)
  value += 0.08 * bell(u, 0.1) * smooth(v + 0.85, 0.1)
  value += 0.06 * heart - 0.36 * air
  if (air > 0) value += air * vesselsAt(textures, u, v)
  if (v > 0.2) value += belowDiaphragm(anatomy, u, v, heart)
  value += spineAt(u, v) - 0.08 * tracheaAt(u, v)
  value += anatomy.bone * (ribsAt(anatomy, edges.cage, u, v) + 1.3 * claviclesAt(anatomy, u, v))
  return 0.03 + body * value
}

/** Neck, shoulders and trunk. */
function bodyAt({ trunk, shoulder }: Anatomy, u: number, v: number): number {
  const widening = smooth(v - shoulder, 0.2)
  const half = 0.3 + (trunk + 0.12 * bell(v + 0.6, 0.2) - 0.3) * widening
  return smooth(half - Math.abs(u), 0.03)
}

/** Vessels fan out from the hila and thin towards the side. */
function vesselsAt({ vessels, twigs, markings }: Textures, u: number, v: number): number {
  const fromHilum = distance(Math.abs(u) - 0.17, v - 0.02)
  const far = bell(fromHilum, 0.26)
  if (far === 0) return 0
  const near = bell(fromHilum, 0.17)
  const thick = near === 0 ? 0 : ridge(vessels(u, v * 0.75), 9) * near
  return markings * (1.6 * thick + 0.7 * ridge(twigs(u, v), 6) * far + 1.5 * bell(fromHilum, 0.06))
}

function belowDiaphragm(anatomy: Anatomy, u: number, v: number, heart: number): number {
  const depth = v - diaphragm(anatomy, u)
  const inside = smooth(anatomy.lungMiddle + anatomy.lungHalf + 0.08 - Math.abs(u), 0.05)
  const organ = 0.1 * smooth(depth, 0.02) * inside * (1 - 0.6 * heart)
  const bubble = smooth(1 - distance((u - 0.4) / 0.14, (depth - 0.1) / 0.07), 0.3)
  return organ - (u > 0 ? 0.2 * anatomy.stomachBubble * bubble : 0)
}

/** Vertebral bodies with darker discs between them. */
function spineAt(u: number, v: number): number {
  if (Math.abs(u) > 0.12) return 0
  const disc = 0.5 + 0.5 * Math.cos((2 * Math.PI * v) / 0.125)
  return smooth(0.075 - Math.abs(u), 0.02) * (0.04 - 0.03 * disc) + 0.02 * bell(u, 0.04)
}

/** Windpipe and the two main bronchi. */
function tracheaAt(u: number, v: number): number {
  if (Math.abs(u) > 0.35 || v > 0.08) return 0
  const fork = -0.2
  if (v < fork) return smooth(0.04 - Math.abs(u), 0.02)
  const spread = (v - fork) * 0.9
  return smooth(0.028 - Math.abs(Math.abs(u) - spread), 0.02) * (1 - smooth(v - 0.0, 0.08))
}

/** Posterior ribs fall gently outwards; anterior ones, fainter, fall steeply inwards. */
function ribsAt(anatomy: Anatomy, edges: LungEdges, u: number, v: number): number {
  const side = Math.abs(u)
  const cage = smooth(edges.lateral + 0.055 - side, 0.03)
  if (cage === 0 || v < -0.88 || v > 0.84) return 0
  const height = smooth(v + 0.82, 0.06) * (1 - smooth(v - 0.72, 0.12))
  const rises = smooth(side - 0.1, 0.04)
  const turns = smooth(side - 0.33, 0.1)
  if (rises === 0) return 0
  const back = band(v - 0.42 * side * side + 0.1 * Math.sin(side * 3.4), anatomy, 0)
  const front = turns === 0 ? 0 : band(v + 0.62 * side - 0.1 * side * side, anatomy, 0.45)
  return cage * height * (rises * back + 0.5 * turns * front)
}

/** A rib with brighter edges, at the nearest of evenly spaced heights. */
function band(height: number, { ribSpacing, ribPhase }: Anatomy, offset: number): number {
  const position = height / ribSpacing + ribPhase + offset
  const off = Math.abs(position - Math.round(position)) * ribSpacing
  const half = 0.23 * ribSpacing
  return 0.7 * smooth(half - off, 0.014) + 0.6 * bell(off - half, 0.006)
}

/** Collar bones: a flat S from the breast bone up to the shoulder. */
function claviclesAt({ clavicle }: Anatomy, u: number, v: number): number {
  const side = Math.abs(u)
  if (side < 0.07 || side > 0.86 || v > clavicle + 0.1) return 0
  const line = clavicle - 0.16 * (side - 0.1) + 0.035 * Math.sin((side - 0.1) * 7)
  const off = Math.abs(v - line)
  const half = 0.026 + 0.012 * bell(side - 0.1, 0.05)
  return smooth(half - off, 0.012) + 0.5 * bell(off - half, 0.006)
}
