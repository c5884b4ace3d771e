import { AppError } from '../../../shared/errors.ts'
import { thumbnailUrl } from '../../api.ts'
import type { SheetRow } from './sampleSheet.svelte.ts'

const side = 224
const gap = 12
const titleHeight = 28
const footHeight = 36

/** A sample sheet as one PNG: a row for each class, its name above each film as the tutorials show it. */
export async function drawSheet(rows: readonly SheetRow[], foot: string): Promise<Blob> {
  const columns = Math.max(1, ...rows.map(({ images }) => images.length))
  const canvas = document.createElement('canvas')
  canvas.width = columns * (side + gap) + gap
  canvas.height = rows.length * (side + titleHeight + gap) + gap + footHeight
  const context = canvas.getContext('2d')
  if (!context) throw new AppError('INTERNAL', 'This window cannot draw pictures.')
  context.fillStyle = '#ffffff'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.fillStyle = '#111111'
  context.textAlign = 'center'
  context.font = '600 15px "Inter Variable", sans-serif'
  for (const [row, { className, images }] of rows.entries()) {
    const top = gap + row * (side + titleHeight + gap)
    const films = await Promise.all(images.map(({ id }) => loadFilm(id)))
    for (const [column, film] of films.entries()) {
      const left = gap + column * (side + gap)
      context.fillText(className, left + side / 2, top + 18, side)
      drawInside(context, film, left, top + titleHeight)
      film.close()
    }
  }
  context.textAlign = 'left'
  context.font = '12px "Inter Variable", sans-serif'
  context.fillText(foot, gap, canvas.height - gap - 4, canvas.width - 2 * gap)
  return toPng(canvas)
}

async function loadFilm(imageId: string): Promise<ImageBitmap> {
  const answer = await fetch(thumbnailUrl(imageId))
  if (!answer.ok) throw new AppError('NOT_FOUND', 'A film of the sheet cannot be read any more.')
  return createImageBitmap(await answer.blob())
}

/** Fits a film into its square without changing its proportions. */
function drawInside(
  context: CanvasRenderingContext2D,
  film: ImageBitmap,
  left: number,
  top: number,
) {
  const scale = side / Math.max(film.width, film.height)
  const width = film.width * scale
  const height = film.height * scale
  context.drawImage(film, left + (side - width) / 2, top + (side - height) / 2, width, height)
}

const toPng = (canvas: HTMLCanvasElement): Promise<Blob> =>
  new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob) resolve(blob)
      else reject(new AppError('OUT_OF_MEMORY', 'The sheet is too large to be written as PNG.'))
    }, 'image/png')
  })
