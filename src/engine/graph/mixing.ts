/** Mixup (Zhang and others, "mixup: Beyond Empirical Risk Minimization", 2018): films and labels of a pair are blended. */

/** Films come in an order of chance, so neighbours make pairs of chance; a last one without neighbour is its own. */
export const partnerOf = (film: number, count: number): number => {
  const neighbour = film % 2 === 0 ? film + 1 : film - 1
  return neighbour < count ? neighbour : film
}

export interface LabelShares {
  readonly labels: Int32Array
  /** Share of the loss by these labels: weight × part in the mixture ÷ films of the whole step. */
  readonly shares: Float32Array
}

/**
 * What the loss of films that are mixed is made of: own labels, and the partners'. `shares`: weight ÷ films of the whole
 * step, for each film. The loss is linear in the label, so both parts are added. Absent `ownShares`: nothing is mixed.
 */
export function mixedLabels(
  labels: Int32Array,
  shares: Float32Array,
  ownShares: Float32Array | undefined,
): { readonly own: LabelShares; readonly partner: LabelShares } {
  const partner = (_: number, film: number) => partnerOf(film, labels.length)
  const partners = labels.map(partner)
  return {
    own: { labels, shares: shares.map((share, film) => share * (ownShares?.[film] ?? 1)) },
    partner: {
      labels: partners.map((film) => labels[film]!),
      shares: shares.map((_, film) => shares[partners[film]!]! * (1 - (ownShares?.[film] ?? 1))),
    },
  }
}
