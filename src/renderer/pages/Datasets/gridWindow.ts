/** Which films of a long grid stand in view, so that only they are drawn. Lengths in CSS pixels. */
export interface GridBox {
  readonly width: number
  readonly height: number
  readonly scrollTop: number
  /** Side of a thumbnail at least; columns share what is left over. */
  readonly side: number
  readonly total: number
}

export interface GridWindow {
  readonly columns: number
  readonly cellWidth: number
  readonly rowHeight: number
  readonly totalHeight: number
  /** Index of the first film drawn, and the one after the last. */
  readonly first: number
  readonly end: number
  /** Distance of the first drawn row from the top. */
  readonly top: number
}

export const gridGap = 8
/** Height of the file name below a thumbnail. */
export const captionHeight = 20
const cellLimit = 200
const spareRows = 2

export function gridWindow({ width, height, scrollTop, side, total }: GridBox): GridWindow {
  const columns = Math.max(1, Math.floor((width + gridGap) / (side + gridGap)))
  const cellWidth = Math.floor((width + gridGap) / columns) - gridGap
  const rowHeight = cellWidth + captionHeight + gridGap
  const rows = Math.ceil(total / columns)
  const inView = Math.ceil(height / rowHeight) + 1
  const drawn = Math.max(1, Math.min(inView + 2 * spareRows, Math.floor(cellLimit / columns)))
  const above = Math.min(spareRows, Math.max(0, Math.floor((drawn - inView) / 2)))
  const lastStart = Math.max(0, rows - drawn)
  const firstRow = Math.max(0, Math.min(Math.floor(scrollTop / rowHeight) - above, lastStart))
  return {
    columns,
    cellWidth,
    rowHeight,
    totalHeight: Math.max(0, rows * rowHeight - gridGap),
    first: firstRow * columns,
    end: Math.min(total, (firstRow + drawn) * columns),
    top: firstRow * rowHeight,
  }
}

/** The scroll position that brings a film into view, nearest to the present one. */
export function scrollTo(index: number, { columns, rowHeight }: GridWindow, box: GridBox): number {
  const top = Math.floor(index / columns) * rowHeight
  return Math.max(top + rowHeight - box.height, Math.min(top, box.scrollTop))
}

/** Where a key leads from a film; undefined for keys that do not move. */
export function moveBy(
  key: string,
  index: number,
  columns: number,
  rowsInView: number,
  total: number,
) {
  const steps: Readonly<Record<string, number>> = {
    ArrowLeft: -1,
    ArrowRight: 1,
    ArrowUp: -columns,
    ArrowDown: columns,
    PageUp: -columns * rowsInView,
    PageDown: columns * rowsInView,
    Home: -total,
    End: total,
  }
  const step = steps[key]
  return step === undefined ? undefined : Math.max(0, Math.min(total - 1, index + step))
}
