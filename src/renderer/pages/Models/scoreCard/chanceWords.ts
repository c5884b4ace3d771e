/** «p = 0.031», «p < 0.001». */
export const chanceWords = (p: number): string =>
  p < 0.001 ? 'p < 0.001' : `p = ${p < 0.0995 ? p.toFixed(3) : p.toFixed(2)}`
