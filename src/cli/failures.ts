/** Inputs that could not be used, each said once. */
import type { Refusal } from '../shared/domain/film.ts'
import type { Output } from './output.ts'
import type { ShownPath } from './shownPath.ts'

const pictureNames = /\.(jpe?g|png|bmp|gif|webp|tiff?|dcm|dicom)$/i
const hasExtension = /\.[^./\\]+$/

/** A read-me or a table that lies among films; a picture by its name that is none is a failure. */
export const isForeign = ({ path, code, line }: Refusal): boolean =>
  line === undefined &&
  code === 'UNSUPPORTED' &&
  hasExtension.test(path) &&
  !pictureNames.test(path)

/** Reports each: `{"file","error"}` with --json, a line for a person. */
export function reportRefusals(
  output: Output,
  refusals: readonly Refusal[],
  shown: ShownPath,
): void {
  for (const refusal of refusals) {
    const { path, code, reason } = showRefusal(refusal, shown)
    output.record({ file: path, error: { code, message: reason } })
    output.note(reason.includes(path) ? reason : `${path}: ${reason}`)
  }
}

/** The same refusal with its file named as the person typed it. */
export const showRefusal = ({ path, code, reason }: Refusal, shown: ShownPath): Refusal => ({
  path: shown(path),
  code,
  reason: reason.split(path).join(shown(path)),
})
