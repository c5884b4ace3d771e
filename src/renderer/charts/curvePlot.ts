import uPlot from 'uplot'
import { alignCurves, type Curve } from './curve.ts'
import { axesOf, drawMarks, seriesOf, type ChartMarks } from './drawCurves.ts'
import { valueRange } from './valueRange.ts'
import type { XKind } from './xAxis.ts'

/** uPlot’s enum of distributions is a type alone; 3 is its logarithmic one. */
const logarithmic = { distr: 3, log: 10 } as const

export interface ChartContent {
  readonly curves: readonly Curve[]
  readonly marks: ChartMarks
  /** Largest x that is to come, so that the axis does not grow under the eye. */
  readonly xMax: number
}

export interface ChartLook {
  readonly x: XKind
  /** Whether the values stand on a logarithmic axis. */
  readonly log: boolean
  readonly height: number
  /** Bounds that the values cannot pass, e.g. 0 and 1 of shares. */
  readonly bounds: { readonly least?: number; readonly most?: number }
  /** Told the index of the x value under the cross-hair, null when it has left. */
  readonly oncursor: (index: number | null) => void
}

/** One uPlot canvas that outlives its values: zoomed by dragging, reset by a double click. */
export class CurvePlot {
  #plot: uPlot | undefined
  #content: ChartContent = { curves: [], marks: {}, xMax: 1 }
  #kind = ''
  #zoomed = false
  #width = 100

  constructor(
    private readonly host: HTMLElement,
    private readonly look: ChartLook,
  ) {}

  /** Shows new values; the canvas is made anew only when the curves change in kind. */
  show(content: ChartContent) {
    this.#content = content
    const { x, columns } = alignCurves(content.curves)
    const kind = content.curves
      .map(({ label, look, colour }) => `${label}/${look}/${colour}`)
      .join()
    if (this.#plot && kind === this.#kind) {
      this.#plot.setData([x, ...columns], !this.#zoomed)
      if (this.#zoomed) this.#plot.redraw()
      return
    }
    this.destroy()
    this.#kind = kind
    this.#plot = new uPlot(this.#options(), [x, ...columns], this.host)
  }

  resize(width: number) {
    this.#width = width
    this.#plot?.setSize({ width, height: this.look.height })
  }

  /** Shows the whole again. */
  reset() {
    const plot = this.#plot
    if (!plot) return
    this.#zoomed = false
    plot.setData(plot.data, true)
  }

  /** Moves the cross-hair from one value to the next. */
  step(by: 1 | -1) {
    const plot = this.#plot
    const xs = plot?.data[0] ?? []
    if (!plot || xs.length === 0) return
    const from = plot.cursor.idx ?? (by > 0 ? -1 : xs.length)
    const x = xs[Math.max(0, Math.min(xs.length - 1, from + by))]
    if (x !== undefined) plot.setCursor({ left: plot.valToPos(x, 'x'), top: this.look.height / 3 })
  }

  destroy() {
    this.#plot?.destroy()
    this.#plot = undefined
    this.#zoomed = false
  }

  #options(): uPlot.Options {
    const { host, look } = this
    return {
      width: this.#width,
      height: look.height,
      legend: { show: false },
      padding: [12, 12, 0, 0],
      scales: {
        x: {
          time: look.x === 'time',
          range: (_, min, max) => (this.#zoomed ? [min, max] : this.#wholeX()),
        },
        y: {
          ...(look.log && logarithmic),
          range: (_, min, max) => (this.#zoomed ? [min, max] : this.#wholeY()),
        },
      },
      cursor: {
        drag: { x: true, y: true, uni: 24 },
        bind: {
          dblclick: () => () => {
            this.reset()
            return null
          },
        },
      },
      axes: axesOf(host, look.x),
      series: [{}, ...seriesOf(this.#content.curves, host)],
      hooks: {
        drawAxes: [(plot) => drawMarks(plot, this.#content.marks, host)],
        setCursor: [(plot) => look.oncursor(plot.cursor.idx ?? null)],
        setSelect: [
          ({ select }) => {
            if (select.width > 0) this.#zoomed = true
          },
        ],
      },
    }
  }

  #wholeY(): [number, number] {
    const { curves, marks } = this.#content
    const read = curves.filter(({ strays }) => !strays)
    const values = read.flatMap(({ points }) => points.map(({ y }) => y))
    const [low, high] = valueRange(values, marks.level?.y, this.look.log ? {} : this.look.bounds)
    if (!this.look.log) return [low, high]
    const least = values.filter((value) => value > 0).reduce((a, b) => Math.min(a, b), Infinity)
    return Number.isFinite(least) ? [least / 1.1, Math.max(high, least * 1.1)] : [0.1, 1]
  }

  #wholeX(): [number, number] {
    const { curves, xMax } = this.#content
    const xs = curves.flatMap(({ points }) => [points[0]?.x ?? 1, points.at(-1)?.x ?? 1])
    if (this.look.x === 'epoch') return [Math.min(1, ...xs), Math.max(xMax, 2, ...xs)]
    const first = this.look.x === 'minutes' ? 0 : Math.min(...xs)
    const last = Math.max(...xs)
    return xs.length === 0 ? [0, 1] : [first, last > first ? last : first + 1]
  }
}
