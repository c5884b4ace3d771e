/**
 * Spearman's rank correlation of two lists of one length; equal values share their mean rank. 0 where one of them is
 * the same everywhere: a map that says nothing agrees with nothing.
 */
export function rankCorrelation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const [first, second] = [ranksOf(a), ranksOf(b)]
  const mean = (first.length - 1) / 2
  let [both, ofFirst, ofSecond] = [0, 0, 0]
  first.forEach((rank, at) => {
    const [x, y] = [rank - mean, second[at]! - mean]
    both += x * y
    ofFirst += x * x
    ofSecond += y * y
  })
  return ofFirst === 0 || ofSecond === 0 ? 0 : both / Math.sqrt(ofFirst * ofSecond)
}

function ranksOf(values: ArrayLike<number>): Float64Array {
  const order = Array.from({ length: values.length }, (_, at) => at).sort(
    (a, b) => values[a]! - values[b]!,
  )
  const ranks = new Float64Array(values.length)
  for (let from = 0; from < order.length;) {
    let to = from + 1
    while (to < order.length && values[order[to]!] === values[order[from]!]) to++
    for (const at of order.slice(from, to)) ranks[at] = (from + to - 1) / 2
    from = to
  }
  return ranks
}
