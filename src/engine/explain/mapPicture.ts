import type { ExplainOrder, Explanation } from '../../shared/domain/explanation.ts'
import { explainFilm } from './explain.ts'
import { overlayPicture, plainPicture } from './overlay.ts'

/** A film as it is, as a picture for a report. Throws as `readRaster`. */
export async function filmPicture({
  path,
  turned,
}: Pick<ExplainOrder, 'path' | 'turned'>): Promise<{ png: Uint8Array<ArrayBuffer> }> {
  const words = 'Research use only. Not a medical device.'
  return { png: new Uint8Array(await plainPicture(path, words, { turned })) }
}

/** A film with its map over it, as a picture for a report. Throws as `explainFilm`. */
export async function mapPicture(
  order: ExplainOrder,
  job: { readonly signal: AbortSignal },
): Promise<Omit<Explanation, 'values'> & { png: Uint8Array<ArrayBuffer> }> {
  const map = await explainFilm(order, job)
  const words = `${map.method}. Research use only. Not a medical device.`
  const png = new Uint8Array(await overlayPicture(order.path, map, words, { turned: order.turned }))
  const { method, target, layer, probabilities, rows, columns } = map
  return {
    method,
    target,
    probabilities,
    rows,
    columns,
    png,
    ...(layer !== undefined && { layer }),
  }
}
