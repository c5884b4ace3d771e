import type { Mark } from '../../../shared/domain/mark.ts'
import { saveFile } from '../../saveFile.ts'
import { canvasRenderer } from '../../viewer/canvasRenderer.ts'
import type { Film } from '../../viewer/film.ts'
import { markShape } from '../../viewer/marks/markShape.ts'
import { rulerOf, wordsOf } from '../../viewer/marks/markWords.ts'
import { overlayPlanes, paintPlane, planeMatrix } from '../../viewer/overlayPlanes.ts'
import { filmToPane, fitScale, type Size, type Matrix, type View } from '../../viewer/view.ts'
import type { FilmOnScreen } from './filmOnScreen.svelte.ts'
import type { DrawnMap } from './maps/drawnMap.ts'
import { mapMatrix, paintMap } from './maps/filmMap.ts'
import { knownPatient } from '../../../shared/knownPatient.ts'
import { takenAt, viewName, type ShownFilm } from './shownFilm.ts'

/** More pixels across than this are no easier to read, and a film of 64 million would not fit a canvas. */
const longest = 4096
const shortest = 600

/** Offers the whole film as PNG, with the window, turning, heat map and drawings that are seen now. */
export async function saveFilmPicture(
  pane: FilmOnScreen,
  drawn: DrawnMap | undefined,
  withFileDrawings: boolean,
): Promise<void> {
  await pane.complete()
  const { viewer, shown } = pane
  const { film, view, marks } = viewer
  if (!film || !shown) return
  const map = drawn?.map.imageId === shown.image.id ? drawn : undefined
  const words = [...pictureWords(shown, viewer.turned), ...mapWords(map)]
  const canvas = filmPicture(film, view, { marks: marks.shown, map, words, withFileDrawings })
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'))
  if (blob) saveFile(blob, `${shown.image.fileName.replace(/\.[^.]*$/, '')}-film.png`)
}

const mapWords = (map: DrawnMap | undefined): readonly string[] =>
  map ? [map.caption, map.warning ?? ''].filter(Boolean) : []

function pictureWords(shown: ShownFilm, turned: boolean): readonly string[] {
  const identity = [
    knownPatient(shown.image) ?? shown.image.fileName,
    takenAt(shown),
    viewName(shown),
  ].filter(Boolean)
  const notes = [
    shown.image.synthetic ? 'SYNTHETIC' : '',
    turned ? 'Polarity turned by the reader' : '',
  ].filter(Boolean)
  return [identity.join(' · '), ...notes, 'Research use only. Not a medical device.']
}

interface Content {
  readonly marks: readonly Mark[]
  readonly map: DrawnMap | undefined
  readonly words: readonly string[]
  readonly withFileDrawings: boolean
}

function filmPicture(
  film: Film,
  view: View,
  { marks, map, words, withFileDrawings }: Content,
): HTMLCanvasElement {
  const size = pictureSize(film, view)
  const canvas = document.createElement('canvas')
  const whole = { ...view, zoom: 1, pan: { x: 0, y: 0 } }
  const renderer = canvasRenderer(canvas)
  renderer.show(film)
  renderer.draw(whole, { ...size, pixelRatio: 1 })
  renderer.dispose()
  const context = canvas.getContext('2d')!
  context.resetTransform()
  const unit = Math.max(1, Math.min(size.width, size.height) / 700)
  if (map) drawMap(context, film, map, filmToPane(whole, film, size))
  if (withFileDrawings) drawPlanes(context, film, filmToPane(whole, film, size))
  drawMarks(context, film, marks, filmToPane(whole, film, size), unit)
  const labels = view.flipped ? [...words, 'FLIPPED'] : words
  drawWords(context, labels, size, unit)
  return canvas
}

/** As many pixels as the film has, turned as it is seen. */
function pictureSize(film: Film, { rotation }: View): Size {
  const height = film.height * film.aspect
  const [across, down] = rotation % 180 === 90 ? [height, film.width] : [film.width, height]
  const larger = Math.max(across, down)
  const factor = larger > longest ? longest / larger : larger < shortest ? shortest / larger : 1
  const size = { width: Math.round(across * factor), height: Math.round(down * factor) }
  return fitScale(film, size, rotation) > 0 ? size : { width: 1, height: 1 }
}

function drawMap(
  context: CanvasRenderingContext2D,
  film: Film,
  { map, palette, opacity, grey }: DrawnMap,
  matrix: Matrix,
): void {
  const painted = document.createElement('canvas')
  paintMap(painted, map, palette)
  context.save()
  const { a, b, c, d, e, f } = mapMatrix(matrix, film, map)
  context.setTransform(a, b, c, d, e, f)
  context.globalAlpha = opacity
  if (grey) context.filter = 'grayscale(1)'
  context.drawImage(painted, 0, 0)
  context.restore()
}

function drawPlanes(context: CanvasRenderingContext2D, film: Film, matrix: Matrix): void {
  for (const plane of overlayPlanes(film, Math.hypot(matrix.a, matrix.b))) {
    const painted = document.createElement('canvas')
    paintPlane(painted, plane)
    context.save()
    const { a, b, c, d, e, f } = planeMatrix(matrix, plane)
    context.setTransform(a, b, c, d, e, f)
    context.drawImage(painted, 0, 0)
    context.restore()
  }
}

function drawMarks(
  context: CanvasRenderingContext2D,
  film: Film,
  marks: readonly Mark[],
  matrix: Matrix,
  unit: number,
): void {
  const ruler = rulerOf(film)
  for (const mark of marks) {
    const shape = markShape(mark.kind, mark.points, matrix)
    if (!shape) continue
    for (const [width, colour] of [
      [4, 'rgb(0 0 0 / 60%)'],
      [1.5, '#f2d35c'],
    ] as const) {
      context.lineWidth = width * unit
      context.strokeStyle = colour
      for (const line of shape.lines) {
        context.beginPath()
        line.forEach(({ x, y }) => context.lineTo(x, y))
        context.stroke()
      }
    }
    outlined(context, wordsOf(mark, ruler), shape.anchor.x, shape.anchor.y, unit, '#f2d35c')
  }
}

function drawWords(
  context: CanvasRenderingContext2D,
  words: readonly string[],
  { height }: Size,
  unit: number,
): void {
  const line = 17 * unit
  words.forEach((word, index) => {
    const y = height - 10 * unit - (words.length - 1 - index) * line
    outlined(context, word, 10 * unit, y, unit, word === 'FLIPPED' ? '#ee8e80' : '#e6eaed')
  })
}

function outlined(
  context: CanvasRenderingContext2D,
  text: string,
  x: number,
  y: number,
  unit: number,
  colour: string,
): void {
  context.font = `600 ${13 * unit}px 'Inter Variable', sans-serif`
  context.lineWidth = 4 * unit
  context.lineJoin = 'round'
  context.strokeStyle = '#000'
  context.strokeText(text, x, y)
  context.fillStyle = colour
  context.fillText(text, x, y)
}
