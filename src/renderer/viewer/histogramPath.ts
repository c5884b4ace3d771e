/** The outline of a histogram as an SVG path in a box; heights are square roots, so that rare values can be seen. */
export function histogramPath(counts: readonly number[], width: number, height: number): string {
  const most = Math.max(...counts, 1)
  const step = width / counts.length
  const points = counts.flatMap((count, index) => {
    const y = height - Math.sqrt(count / most) * height
    return [
      `${(index * step).toFixed(1)},${y.toFixed(1)}`,
      `${((index + 1) * step).toFixed(1)},${y.toFixed(1)}`,
    ]
  })
  return `M0,${height} L${points.join(' ')} L${width},${height} Z`
}
