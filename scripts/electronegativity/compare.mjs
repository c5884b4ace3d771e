/** `CHECK, "SEVERITY", "CONFIDENCE", "file", …` a line below the head. */
const findingsIn = (table) =>
  table
    .split('\n')
    .slice(1)
    .map((line) => /^(\w+),"[^"]*","[^"]*","([^"]*)"/.exec(line))
    .filter((found) => found !== null)
    .map(([, check, file]) => `${check} in ${file}`)

const nameOf = ({ check, file }) => `${check} in ${file}`

/** Findings that nothing was said to, each once. */
export const unanswered = (table, answers) => {
  const known = new Set(answers.map(nameOf))
  return [...new Set(findingsIn(table))].filter((found) => !known.has(found))
}

/** Answers to what is found no more. */
export const withoutFinding = (table, answers) => {
  const found = new Set(findingsIn(table))
  return answers.map(nameOf).filter((name) => !found.has(name))
}
