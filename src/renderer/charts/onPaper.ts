/** A chart of the window as a picture that stands alone: on white, with the values it was drawn from. */
import { AppError } from '../../shared/errors.ts'
import { escaped } from './svgText.ts'

/** What is light on the window's dark ground is dark on paper. */
const paper: ReadonlyMap<string, string> = new Map([
  ['--ground', '#ffffff'],
  ['--panel', '#ffffff'],
  ['--text', '#111417'],
  ['--secondary', '#444c53'],
  ['--faint', '#5d6770'],
  ['--mark', '#8a97a1'],
  ['--line', '#d8dde1'],
  ['--chart-validation', '#111417'],
  ['--below', '#1f7a52'],
  ['--uncertain', '#8a6a00'],
  ['--above', '#a83a22'],
  ['--run-4', '#c9b800'],
  ['--run-8', '#000000'],
])

/**
 * Puts a chart (`<svg …>` with colours as `var(--token)`) on white, with its data as CSV inside.
 * @param token the value of a colour token in the window
 */
export function onPaper(svg: string, csv: string, token: (name: string) => string): string {
  const coloured = svg.replace(
    /var\((--[\w-]+)\)/g,
    (_, name: string) => paper.get(name) ?? token(name),
  )
  const open = coloured.indexOf('>') + 1
  const head = coloured.slice(0, open)
  const named = head.includes('xmlns=')
    ? head
    : head.replace('<svg', '<svg xmlns="http://www.w3.org/2000/svg"')
  const ground = '<rect width="100%" height="100%" fill="#ffffff"/>'
  const data = `<metadata>${escaped(csv)}</metadata>`
  return `${named}${data}${ground}${coloured.slice(open)}`
}

/** Twice as fine as the screen, for print. */
const pngScale = 2

/** A standalone chart as PNG. */
export async function pngOf(svg: string): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }))
  try {
    const picture = new Image()
    picture.src = url
    await picture.decode()
    const canvas = document.createElement('canvas')
    canvas.width = picture.naturalWidth * pngScale
    canvas.height = picture.naturalHeight * pngScale
    const context = canvas.getContext('2d')
    if (!context) throw new AppError('INTERNAL', 'This window cannot draw pictures.')
    context.drawImage(picture, 0, 0, canvas.width, canvas.height)
    const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'))
    if (!blob) throw new AppError('OUT_OF_MEMORY', 'The chart is too large to be written as PNG.')
    return blob
  } finally {
    URL.revokeObjectURL(url)
  }
}
