/** Which rows of a list are selected, as pointer and keys change it. */
export interface Selection {
  readonly ids: ReadonlySet<string>
  /** Where a range begins. */
  readonly anchor: string | undefined
}

export type Pick = 'only' | 'toggle' | 'range'

export const nothingSelected: Selection = { ids: new Set(), anchor: undefined }

/** Selects as a click does: alone, added or taken away with Ctrl, from the anchor up to here with Shift. */
export function pick(
  { ids, anchor }: Selection,
  order: readonly string[],
  id: string,
  how: Pick,
): Selection {
  if (how === 'only') return { ids: new Set([id]), anchor: id }
  if (how === 'toggle') {
    const others = [...ids].filter((other) => other !== id)
    return { ids: new Set(ids.has(id) ? others : [...others, id]), anchor: id }
  }
  const from = order.indexOf(anchor ?? id)
  const to = order.indexOf(id)
  const range = order.slice(Math.max(0, Math.min(from, to)), Math.max(from, to) + 1)
  return { ids: new Set(range), anchor: anchor ?? id }
}
