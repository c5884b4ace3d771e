/** A colour for each selected run that stays with it while others come and go. */

/** Okabe and Ito, «Color Universal Design», 2008; their black is the window's text colour. */
const palette = [
  '--run-1',
  '--run-2',
  '--run-3',
  '--run-4',
  '--run-5',
  '--run-6',
  '--run-7',
  '--run-8',
] as const

export interface RunLook {
  /** Token of the colour. */
  readonly colour: string
  /** From the ninth run on colours come back, dashed. */
  readonly dashed: boolean
}

/** By run id: the place in the palette. */
export type Slots = ReadonlyMap<string, number>

/** Those who stay keep their place; newcomers take the lowest free one. */
export function assignSlots(before: Slots, runIds: readonly string[]): Slots {
  const kept = new Map(runIds.flatMap((id) => (before.has(id) ? [[id, before.get(id)!]] : [])))
  const taken = new Set(kept.values())
  let next = 0
  for (const id of runIds) {
    if (kept.has(id)) continue
    while (taken.has(next)) next++
    kept.set(id, next)
    taken.add(next)
  }
  return kept
}

export const lookOf = (slot: number): RunLook => ({
  colour: palette[slot % palette.length]!,
  dashed: slot >= palette.length,
})
