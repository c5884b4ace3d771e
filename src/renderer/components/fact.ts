/** One line of a list of facts, in words for the user. */
export interface Fact {
  readonly label: string
  readonly value: string
}
