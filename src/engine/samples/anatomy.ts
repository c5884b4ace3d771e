/** A made-up patient: proportions within what grown-up chests show. */
import { uniform, type Random } from '../data/random.ts'
import { distance, smooth } from './shapes.ts'

export interface Anatomy {
  /** Half the width of the trunk. */
  readonly trunk: number
  readonly shoulder: number
  /** Half the width of a lung, and where its middle stands. */
  readonly lungHalf: number
  readonly lungMiddle: number
  readonly apex: number
  /** Top of the right and the left dome of the diaphragm. */
  readonly domes: readonly [right: number, left: number]
  readonly heart: Heart
  readonly ribSpacing: number
  readonly ribPhase: number
  /** How much brighter bone is than what lies around it. */
  readonly bone: number
  readonly clavicle: number
  readonly stomachBubble: number
}

interface Heart {
  readonly u: number
  readonly v: number
  readonly size: number
  /** Cosine and sine of the angle between its axis and the horizontal. */
  readonly cos: number
  readonly sin: number
}

export const drawAnatomy = (random: Random): Anatomy => ({
  trunk: uniform(random, 0.84, 0.95),
  shoulder: uniform(random, -0.86, -0.72),
  lungHalf: uniform(random, 0.29, 0.34),
  lungMiddle: uniform(random, 0.395, 0.425),
  apex: uniform(random, -0.82, -0.72),
  domes: [uniform(random, 0.38, 0.5), uniform(random, 0.44, 0.56)],
  heart: drawHeart(random),
  ribSpacing: uniform(random, 0.145, 0.175),
  ribPhase: random.next(),
  bone: uniform(random, 0.05, 0.1),
  clavicle: uniform(random, -0.72, -0.62),
  stomachBubble: random.next() < 0.5 ? uniform(random, 0.4, 1) : 0,
})

function drawHeart(random: Random): Heart {
  const tilt = uniform(random, 0.55, 0.8)
  return {
    u: uniform(random, 0.12, 0.19),
    v: uniform(random, 0.3, 0.38),
    size: uniform(random, 0.9, 1.12),
    cos: Math.cos(tilt),
    sin: Math.sin(tilt),
  }
}

/** The same patient, more or less deeply breathed in; `depth` from −1 to 1. */
export const breathing = (anatomy: Anatomy, depth: number): Anatomy => ({
  ...anatomy,
  domes: [anatomy.domes[0] + 0.05 * depth, anatomy.domes[1] + 0.05 * depth],
})

/** Where the lung middle is widest; above it the lung narrows to its apex. */
const WIDEST = 0.12

export interface LungEdges {
  readonly medial: number
  readonly lateral: number
}

/** Where a lung begins and ends at height v, as distances from the middle. */
export function lungEdges({ lungHalf, lungMiddle, apex }: Anatomy, v: number): LungEdges {
  const above = Math.min(Math.max((WIDEST - v) / (WIDEST - apex), 0), 1)
  const half = lungHalf * Math.pow(1 - Math.pow(above, 2.3), 0.6)
  const spread = v > WIDEST ? 0.08 * (v - WIDEST) : 0
  return { medial: lungMiddle - half, lateral: lungMiddle + half + spread }
}

/** The diaphragm below a lung: a dome that falls to the costophrenic angle at the side. */
export function diaphragm({ domes, lungMiddle }: Anatomy, u: number): number {
  const fromTop = Math.abs(u) - (lungMiddle - 0.06)
  return (u < 0 ? domes[0] : domes[1]) + (fromTop > 0 ? 1.75 : 1.1) * fromTop * fromTop
}

/** How far a point is lung: 0 to 1. `edges` are those of its height. */
export function lungAt(anatomy: Anatomy, edges: LungEdges, u: number, v: number): number {
  if (v < anatomy.apex || v > 0.95) return 0
  const { medial, lateral } = edges
  const side = Math.abs(u)
  if (side > lateral + 0.03 || side < medial - 0.05) return 0
  return (
    smooth(lateral - side, 0.02) *
    smooth(side - medial, 0.045) *
    smooth(diaphragm(anatomy, u) - v, 0.016)
  )
}

/** How far a point is heart or great vessel: 0 to 1. */
export function heartAt({ heart }: Anatomy, u: number, v: number): number {
  if (Math.abs(u - 0.15) > 0.55 || v < -0.5 || v > 0.9) return 0
  const du = u - heart.u
  const dv = v - heart.v
  const along = (du * heart.cos + dv * heart.sin) / (0.38 * heart.size)
  const across = (dv * heart.cos - du * heart.sin) / (0.28 * heart.size)
  const ventricles = smooth(1 - distance(along, across), 0.1)
  return Math.max(
    ventricles,
    disc(u + 0.04, v - heart.v + 0.02, 0.17 * heart.size, 0.15),
    // The aortic knob and the trunk of the lung artery only just stand out from the middle.
    0.85 * disc(u - 0.075, v + 0.3, 0.1, 0.3),
    0.8 * disc(u - 0.09, v + 0.12, 0.12, 0.4),
  )
}

const disc = (du: number, dv: number, radius: number, softness: number) =>
  smooth(1 - distance(du, dv) / radius, softness)
