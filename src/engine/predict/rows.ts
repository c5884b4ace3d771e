/** A network's outputs, film by film. */
export function rowsOf(outputs: Float32Array, films: number): Float32Array[] {
  const width = films === 0 ? 0 : outputs.length / films
  return Array.from({ length: films }, (_, film) =>
    outputs.subarray(film * width, (film + 1) * width),
  )
}
