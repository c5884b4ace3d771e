/** As a person looks up names: capitals count only between names that are otherwise equal. */
export function alphabetically(a: string, b: string): number {
  const byLetters = compare(a.toLowerCase(), b.toLowerCase())
  return byLetters === 0 ? compare(a, b) : byLetters
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
