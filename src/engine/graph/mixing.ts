/**
 * Films that count as more than one class: mixed ones (Zhang and others, "mixup: Beyond Empirical Risk Minimization", 2018), whose
 * pixels and labels are blended in pairs, and doubtful ones.
 */

/** Films come in an order of chance, so neighbours make pairs of chance; a last one without neighbour is its own. */
export const partnerOf = (film: number, count: number): number => {
  const neighbour = film % 2 === 0 ? film + 1 : film - 1
  return neighbour < count ? neighbour : film
}

export interface LabelShares {
  readonly labels: Int32Array
  /** Share of the loss by these labels: weight × part in the film ÷ films of the whole step. */
  readonly shares: Float32Array
}

interface Labelled extends LabelShares {
  /** What part of a mixed film is its own; absent: nothing is mixed. */
  readonly ownShares?: Float32Array | undefined
  /** See `TrainBatch`. */
  readonly doubts?: Float32Array | undefined
}

/**
 * What the loss of films is made of: own labels, and others. `shares`: weight ÷ films of the whole step, for each film.
 * A loss is added for each label, so all parts of a film are.
 */
export const labelParts = (films: Labelled): { own: LabelShares; other: LabelShares } =>
  films.doubts ? ofTwoClasses(films, films.doubts) : ofPartners(films)

/** The others are the partners'. */
function ofPartners({ labels, shares, ownShares }: Labelled) {
  const partners = labels.map((_, film) => partnerOf(film, labels.length))
  return {
    own: { labels, shares: shares.map((share, film) => share * (ownShares?.[film] ?? 1)) },
    other: {
      labels: partners.map((film) => labels[film]!),
      shares: shares.map((_, film) => shares[partners[film]!]! * (1 - (ownShares?.[film] ?? 1))),
    },
  }
}

/** The others are the opposite class. */
function ofTwoClasses({ labels, shares, ownShares }: Labelled, doubts: Float32Array) {
  const asOwn = new Float32Array(labels.length)
  const asOther = new Float32Array(labels.length)
  for (const [film, label] of labels.entries()) {
    const mixed = ownShares?.[film] ?? 1
    const partner = partnerOf(film, labels.length)
    for (const [from, part] of [
      [film, mixed],
      [partner, 1 - mixed],
    ] as const) {
      const [agreeing, contrary] = labels[from] === label ? [asOwn, asOther] : [asOther, asOwn]
      agreeing[film]! += shares[from]! * part * (1 - doubts[from]!)
      contrary[film]! += shares[from]! * part * doubts[from]!
    }
  }
  return {
    own: { labels, shares: asOwn },
    other: { labels: labels.map((label) => 1 - label), shares: asOther },
  }
}
