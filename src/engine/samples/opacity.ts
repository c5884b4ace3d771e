/** What pneumonia puts in the place of air, as a share of the air at each point of the lungs. */
import { below, uniform, type Random } from '../data/random.ts'
import { diaphragm, type Anatomy } from './anatomy.ts'
import { bell, distance, ridge, smooth, valueNoise } from './shapes.ts'

/** 0: all air; 1: none left. */
export type Opacity = (u: number, v: number) => number

export const opacityKinds = ['lobar', 'patchy', 'interstitial', 'effusion'] as const
export type OpacityKind = (typeof opacityKinds)[number]

/** Kinds that bacteria and viruses mostly show. */
export const kindsOf = {
  bacteria: ['lobar', 'patchy', 'effusion'],
  virus: ['interstitial', 'patchy'],
} as const satisfies Record<string, readonly OpacityKind[]>

export function drawOpacity(kind: OpacityKind, anatomy: Anatomy, random: Random): Opacity {
  switch (kind) {
    case 'lobar':
      return lobar(random)
    case 'patchy':
      return patchy(random)
    case 'interstitial':
      return interstitial(random)
    case 'effusion':
      return effusion(anatomy, random)
  }
}

const drawSide = (random: Random) => (random.next() < 0.5 ? -1 : 1)

/** One lobe filled, ending sharply at a fissure, with air-filled bronchi drawn dark in it. */
function lobar(random: Random): Opacity {
  const side = drawSide(random)
  const zones = [
    [-0.9, uniform(random, -0.3, -0.1)],
    [uniform(random, -0.15, 0.05), uniform(random, 0.25, 0.4)],
    [uniform(random, 0.02, 0.2), 0.95],
  ] as const
  const [top, bottom] = zones[below(random, zones.length)]!
  const slant = uniform(random, -0.25, 0.25)
  const strength = uniform(random, 0.75, 0.95)
  const texture = valueNoise(13, random)
  const bronchi = valueNoise(17, random)
  return (u, v) => {
    if (u * side < 0) return 0
    const height = v + slant * (Math.abs(u) - 0.4)
    const zone = smooth(height - top, 0.05) * smooth(bottom - height, 0.03)
    if (zone === 0) return 0
    const air = 0.3 * ridge(bronchi(u, v), 9) * bell(Math.abs(u) - 0.3, 0.12)
    return zone * strength * (0.75 + 0.4 * texture(u, v)) * (1 - air)
  }
}

/** Spots of many sizes that run together, in one lung or in both. */
function patchy(random: Random): Opacity {
  const both = random.next() < 0.6
  const side = drawSide(random)
  const spots = Array.from({ length: 9 + below(random, 12) }, () => ({
    u: (both ? drawSide(random) : side) * uniform(random, 0.18, 0.64),
    v: uniform(random, -0.4, 0.5),
    radius: uniform(random, 0.05, 0.16),
    strength: uniform(random, 0.4, 0.85),
  }))
  const texture = valueNoise(24, random)
  return (u, v) => {
    let air = 1
    for (const spot of spots) {
      const reach = spot.radius * 3
      if (Math.abs(u - spot.u) > reach || Math.abs(v - spot.v) > reach) continue
      air *= 1 - spot.strength * bell(distance(u - spot.u, v - spot.v), spot.radius)
    }
    return air === 1 ? 0 : (1 - air) * (0.55 + 0.8 * texture(u, v))
  }
}

/** A fine net of lines and a veil around the hila, in both lungs. */
function interstitial(random: Random): Opacity {
  const veil = uniform(random, 0.3, 0.55)
  const lines = uniform(random, 0.35, 0.6)
  const reach = uniform(random, 0.26, 0.4)
  const height = uniform(random, 0, 0.25)
  const net = valueNoise(56, random)
  const coarse = valueNoise(28, random)
  const texture = valueNoise(6, random)
  return (u, v) => {
    const near = bell(distance(Math.abs(u) - 0.3, (v - height) * 0.7), reach)
    if (near === 0) return 0
    const mesh = Math.max(ridge(net(u, v), 7), 0.8 * ridge(coarse(u, v), 8))
    return near * (veil * (0.6 + 0.8 * texture(u, v)) + lines * mesh)
  }
}

/** Fluid that blunts or fills the costophrenic angle and climbs along the side wall. */
function effusion(anatomy: Anatomy, random: Random): Opacity {
  const side = drawSide(random)
  const depth = uniform(random, 0.12, 0.4)
  const climb = uniform(random, 0.15, 0.35)
  const patch = patchy(random)
  return (u, v) => {
    if (u * side < 0) return 0
    const outward = Math.min(Math.max((Math.abs(u) - 0.3) / 0.45, 0), 1)
    const surface = diaphragm(anatomy, side * 0.4) + 0.04 - depth - climb * outward * outward
    return Math.max(0.95 * smooth(v - surface, 0.03), 0.6 * patch(u, v))
  }
}
